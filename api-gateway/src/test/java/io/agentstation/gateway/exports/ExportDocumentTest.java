package io.agentstation.gateway.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstation.store.session.Batches;
import io.agentstation.store.session.StoreUnavailable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.core.exc.JacksonIOException;

final class ExportDocumentTest {

    private static final int BATCH = 100;

    /** So many batches of rows that know how many of them were asked for. */
    private static final class CountedBatches implements Batches<Integer> {

        private final int batches;
        private int asked;

        CountedBatches(int batches) {
            this.batches = batches;
        }

        @Override
        public CompletionStage<List<Integer>> next() {
            asked++;
            return CompletableFuture.completedStage(
                    asked > batches
                            ? List.of()
                            : IntStream.range(0, BATCH)
                                    .map(i -> (asked - 1) * BATCH + i)
                                    .boxed()
                                    .toList());
        }
    }

    private static ExportDocument document(OutputStream out) {
        return new ExportDocument(out, () -> {});
    }

    @Test
    void itsRowsAreInOrderAndTheLastIsKnown() {
        // Given
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ExportDocument document = document(out);

        // When
        document.field("agent", "a");
        var written = document.array("rows", row -> row % 100 < 2, new CountedBatches(2), row -> "n" + row);
        document.end();

        // Then
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("{\"agent\":\"a\",\"rows\":[\"n0\",\"n1\",\"n100\",\"n101\"]}");
        assertThat(written).isEqualTo(new ExportDocument.Written<>(4, 199));
    }

    @Test
    void aBatchIsAskedForOnlyWhenTheOneBeforeHasBeenTaken() {
        // Given a client that notes, with each piece it takes, how many batches had been asked for
        CountedBatches batches = new CountedBatches(50);
        int[] taken = {0};
        OutputStream client = new OutputStream() {
            @Override
            public void write(int single) {
                throw new AssertionError("pieces, not bytes");
            }

            @Override
            public void write(byte[] piece, int from, int length) {
                taken[0]++;
                assertThat(batches.asked).isEqualTo(taken[0]);
            }
        };

        // When
        ExportDocument document = document(client);
        document.array("rows", batches, row -> row);

        // Then
        assertThat(taken[0]).isEqualTo(50);
    }

    @Test
    void nothingIsReadForAClientThatHasGone() {
        // Given one that goes after three pieces
        CountedBatches batches = new CountedBatches(1_000);
        int[] taken = {0};
        OutputStream client = new OutputStream() {
            @Override
            public void write(int single) throws IOException {
                throw new IOException("gone");
            }

            @Override
            public void write(byte[] piece, int from, int length) throws IOException {
                if (++taken[0] > 3) {
                    throw new IOException("gone");
                }
            }
        };

        // When
        ExportDocument document = document(client);
        assertThatThrownBy(() -> document.array("rows", batches, row -> row))
                .isInstanceOf(JacksonIOException.class)
                .hasCauseInstanceOf(IOException.class);

        // Then
        assertThat(batches.asked).isEqualTo(4);
    }

    @Test
    void aFailureInTheMiddleLeavesADocumentThatIsNoJson() {
        // Given
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ExportDocument document = document(out);
        StoreUnavailable away = new StoreUnavailable("away", new IOException());
        CountedBatches good = new CountedBatches(3);
        Batches<Integer> failing = () -> good.asked < 3 ? good.next() : CompletableFuture.failedStage(away);

        // When
        assertThatThrownBy(() -> document.array("rows", failing, row -> row)).isSameAs(away);

        // Then
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("{\"rows\":[0,1")
                .endsWith("299");
    }

    @Test
    void whatTakesTooLongIsEndedBeforeItsNextBatch() {
        // Given
        CountedBatches batches = new CountedBatches(1_000);
        ExportDocument document = new ExportDocument(OutputStream.nullOutputStream(), () -> {
            if (batches.asked == 5) {
                throw new ExportTookTooLong("too long");
            }
        });

        // Then
        assertThatThrownBy(() -> document.array("rows", batches, row -> row)).isInstanceOf(ExportTookTooLong.class);
        assertThat(batches.asked).isEqualTo(5);
    }
}
