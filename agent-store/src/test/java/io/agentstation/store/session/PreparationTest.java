package io.agentstation.store.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.lang.reflect.Proxy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PreparationTest {

    private static final Duration TIME_OUT = Duration.ofMillis(1_800);

    private long nanos = 5;
    private int asked;

    @Test
    void whatIsNotAnsweredInTimeIsAskedAgain() {
        PreparedStatement prepared = proxy(PreparedStatement.class, 0, null);

        assertThat(Preparation.of(slowTimes(3, prepared), "SELECT", () -> nanos))
                .isSameAs(prepared);
        assertThat(asked).isEqualTo(4);
    }

    @Test
    void patienceEnds() {
        assertThatThrownBy(() -> Preparation.of(slowTimes(Integer.MAX_VALUE, null), "SELECT", () -> nanos))
                .isInstanceOf(DriverTimeoutException.class);
        assertThat(Duration.ofNanos(nanos)).isBetween(Preparation.PATIENCE, Preparation.PATIENCE.plus(TIME_OUT));
    }

    private CqlSession slowTimes(int times, @Nullable PreparedStatement then) {
        return proxy(CqlSession.class, times, then);
    }

    private <T> T proxy(Class<T> type, int times, @Nullable Object then) {
        return type.cast(Proxy.newProxyInstance(
                PreparationTest.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (!method.getName().equals("prepare")) {
                        return method.getName().equals("equals") ? self == arguments[0] : type.getSimpleName();
                    }
                    if (asked++ < times) {
                        nanos += TIME_OUT.toNanos();
                        throw new DriverTimeoutException("no answer in " + TIME_OUT);
                    }
                    return then;
                }));
    }
}
