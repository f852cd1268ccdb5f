package io.agentstation.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StreamsFailureTest {

    static Stream<Throwable> transients() {
        return Stream.of(
                new StreamsException(new TimeoutException("no answer")),
                new NotLeaderOrFollowerException("moved"),
                new StreamsException("send", new ProducerFencedException("a successor")),
                new InvalidProducerEpochException("aborted by the coordinator"),
                new StreamsException("commit", new InvalidTxnStateException("ended by the coordinator")),
                new StreamsException(
                        new KafkaException(
                                "Unexpected error from SyncGroup: The coordinator is loading and hence can't process requests.")));
    }

    static Stream<Throwable> permanents() {
        return Stream.of(
                new NullPointerException("a defect"),
                new StreamsException(new RecordTooLargeException("2 MB")),
                new StreamsException(new TopicAuthorizationException("agent.lifecycle")),
                new StreamsException("store cannot be read", new IllegalStateException()));
    }

    @ParameterizedTest
    @MethodSource("transients")
    void whatTheBrokersDidPasses(Throwable failure) {
        assertThat(new StreamsFailure().handle(failure)).isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
    }

    @ParameterizedTest
    @MethodSource("permanents")
    void whatWouldOnlyHappenAgainStops(Throwable failure) {
        assertThat(new StreamsFailure().handle(failure)).isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
    }
}
