package io.agentstation.gateway.exports;

import io.agentstation.contracts.wire.Wire;
import io.agentstation.store.session.Batches;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;

/**
 * One JSON object, written field by field to a stream. Whoever reads it sets the pace: the next batch of rows is asked for
 * when the last one has been taken, so that one batch is held whatever the size of the document.
 *
 * <p>Only {@link #end} makes it whole. A document that is left before that stays open, so that nobody takes it for one.
 */
final class ExportDocument {

    private final JsonGenerator json;
    private final Deadline deadline;

    /** Ends an export that takes too long. */
    @FunctionalInterface
    interface Deadline {
        /** Ends it by an exception when it is due. */
        void check();
    }

    ExportDocument(OutputStream out, Deadline deadline) {
        this.json = Wire.mapper()
                .writer()
                .without(StreamWriteFeature.AUTO_CLOSE_CONTENT)
                .without(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .createGenerator(out);
        this.deadline = deadline;
        json.writeStartObject();
    }

    /** A field. */
    void field(String name, Object value) {
        json.writePOJOProperty(name, value);
    }

    /**
     * A field that is an array of rows.
     *
     * @return how many rows were written, and the last of them
     */
    <T> Written<T> array(String name, Batches<T> rows, Function<T, Object> view) {
        return array(name, row -> true, rows, view);
    }

    /** As {@link #array(String, Batches, Function)}, but for rows that are not shown. */
    <T> Written<T> array(String name, Predicate<T> shown, Batches<T> rows, Function<T, Object> view) {
        json.writeArrayPropertyStart(name);
        long count = 0;
        T last = null;
        for (List<T> batch = next(rows); !batch.isEmpty(); batch = next(rows)) {
            for (T row : batch) {
                if (shown.test(row)) {
                    json.writePOJO(view.apply(row));
                    count++;
                }
            }
            last = batch.get(batch.size() - 1);
            // Out of our hands before the next is asked for: this is where a slow client is waited for.
            json.flush();
        }
        json.writeEndArray();
        return new Written<>(count, last);
    }

    /** What an array has got. */
    record Written<T>(long count, @Nullable T last) {}

    private <T> List<T> next(Batches<T> rows) {
        deadline.check();
        return await(rows.next());
    }

    /** Waits for what the document needs; a failure is the store's own. */
    static <T> T await(CompletionStage<T> answer) {
        try {
            return answer.toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Completes the document. */
    void end() {
        json.writeEndObject();
        json.close();
    }
}
