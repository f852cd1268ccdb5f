package io.agentstation.gateway.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FailedLoginsTest {

    private long now;
    private final FailedLogins logins = new FailedLogins(40, 20, new TimeMeter() {
        @Override
        public long currentTimeNanos() {
            return now;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    });

    @Test
    void anAddressMayFailSoOftenAndThenSoOftenEachMinute() {
        assertThat(counted("192.0.2.1", 10_000)).isEqualTo(40);
        assertThat(logins.isTooMany("192.0.2.1")).isTrue();

        now += Duration.ofMinutes(1).toNanos();

        assertThat(logins.isTooMany("192.0.2.1")).isFalse();
        assertThat(counted("192.0.2.1", 10_000)).isEqualTo(20);
    }

    @Test
    void otherAddressesAreNotMeant() {
        counted("192.0.2.1", 100);

        assertThat(logins.isTooMany("192.0.2.2")).isFalse();
        assertThat(counted("192.0.2.2", 100)).isEqualTo(40);
    }

    @Test
    void whoHasOneAddressOfASixtyFourHasAllOfThem() {
        assertThat(counted("2001:db8:0:1:0:0:0:1", 100)).isEqualTo(40);

        assertThat(counted("2001:db8:0:1:ffff:1:2:3", 100)).isZero();
        assertThat(counted("2001:db8:0:2:0:0:0:1", 100)).isEqualTo(40);
    }

    private long counted(String address, int times) {
        return IntStream.range(0, times).filter(i -> logins.count(address)).count();
    }
}
