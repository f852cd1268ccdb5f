package io.agentstation.webhooks;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How webhooks are sent; prefix {@code station.webhooks}. The API reads the first two as well: they are the station's.
 *
 * @param allowHttp              whether plain http is allowed
 * @param allowPrivateAddresses  whether addresses of this machine, of private networks and other special ones are allowed
 * @param group                  prefix of the consumer groups
 * @param threads                how many partitions of {@code agent.lifecycle} are read side by side
 * @param concurrency            attempts at a time to one endpoint
 * @param recovering             how many of them may be with lanes that are woken because the endpoint answers again; 0: none
 * @param connections            attempts at a time altogether, 1 to 10,000
 * @param connectTimeout         until a connection is there
 * @param timeout                from looking the host up to the end of the answer
 * @param storeAfter             how long a new message may be tried before it is stored and whoever comes after goes on
 * @param takeWithin             how long one batch of events may take before it is read again
 * @param retryWaits             between the attempts with one message; by default those of Standard Webhooks, over 75 hours
 * @param disableAfter           how long an endpoint may fail before it is disabled
 * @param lanesInMemory          of each partition of Kafka
 */
@ConfigurationProperties("station.webhooks")
record DispatcherSettings(
        @DefaultValue("false") boolean allowHttp,
        @DefaultValue("false") boolean allowPrivateAddresses,
        @DefaultValue("webhooks") String group,
        @DefaultValue("1") int threads,
        @DefaultValue("16") int concurrency,
        @DefaultValue("8") int recovering,
        @DefaultValue("1000") int connections,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("15s") Duration timeout,
        @DefaultValue("250ms") Duration storeAfter,
        @DefaultValue("60s") Duration takeWithin,

        @DefaultValue({"5s", "5m", "30m", "2h", "5h", "10h", "14h", "20h", "24h"})
        List<Duration> retryWaits,

        @DefaultValue("5d") Duration disableAfter,
        @DefaultValue("10000") int lanesInMemory) {

    private static final int MOST_CONNECTIONS = 10_000;
    private static final Duration LONGEST_TAKE = Duration.ofMinutes(4);

    DispatcherSettings {
        retryWaits = List.copyOf(retryWaits);
        require(!group.isBlank(), "group must not be blank", group);
        require(threads >= 1, "threads must be at least 1", threads);
        require(connections >= 1 && connections <= MOST_CONNECTIONS, "connections must be 1 to 10000", connections);
        require(
                concurrency >= 1 && concurrency <= connections,
                "concurrency must be 1 to connections (" + connections + ")",
                concurrency);
        require(recovering >= 0, "recovering must not be below 0", recovering);
        require(isPositive(connectTimeout), "connect-timeout must be above 0", connectTimeout);
        require(
                timeout.compareTo(connectTimeout) >= 0,
                "timeout must be at least connect-timeout (" + connectTimeout + ")",
                timeout);
        require(isPositive(storeAfter), "store-after must be above 0", storeAfter);
        require(
                takeWithin.compareTo(storeAfter) > 0 && takeWithin.compareTo(LONGEST_TAKE) <= 0,
                "take-within must be above store-after (" + storeAfter + ") and at most 4m",
                takeWithin);
        require(
                retryWaits.stream().allMatch(DispatcherSettings::isPositive),
                "retry-waits must each be above 0",
                retryWaits);
        require(isPositive(disableAfter), "disable-after must be above 0", disableAfter);
        require(lanesInMemory >= 1, "lanes-in-memory must be at least 1", lanesInMemory);
    }

    private static boolean isPositive(Duration value) {
        return !value.isNegative() && !value.isZero();
    }

    private static void require(boolean holds, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException("station.webhooks." + rule + ": " + value);
        }
    }
}
