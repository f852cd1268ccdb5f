package io.agentstation.webhooks.sending;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * One request under way: keeps the status and the first KB of the answer. It ends with the answer, after the first KB, or
 * when its time is up; then the connection is dropped unless the answer had ended.
 */
final class Exchange implements AsyncResponseConsumer<Answer> {

    private static final int KEPT = 1024;

    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final byte[] excerpt = new byte[KEPT];
    private int length;
    private @Nullable HttpResponse head;
    private @Nullable FutureCallback<Answer> ended;
    private @Nullable Future<?> request;

    /** The answer; or {@link SendingFailed}. */
    CompletableFuture<Answer> answer() {
        return answer;
    }

    /** What drops the connection. */
    synchronized void runsAs(Future<?> started) {
        request = started;
        if (answer.isDone()) {
            drop();
        }
    }

    /** A status that has come counts, even when the rest of its answer never does. */
    synchronized void timeIsUp(String after) {
        if (head != null) {
            answer.complete(found());
        } else {
            answer.completeExceptionally(new SendingFailed("no answer within " + after));
        }
        drop();
    }

    @Override
    public synchronized void consumeResponse(
            HttpResponse response,
            @Nullable EntityDetails entity,
            HttpContext context,
            FutureCallback<Answer> callback) {
        head = response;
        ended = callback;
        if (entity == null) {
            streamEnd(List.of());
        }
    }

    @Override
    public void informationResponse(HttpResponse response, HttpContext context) {
        // 1xx says nothing about the message.
    }

    @Override
    public void updateCapacity(CapacityChannel channel) throws java.io.IOException {
        channel.update(KEPT);
    }

    @Override
    public synchronized void consume(ByteBuffer bytes) {
        int taken = Math.min(bytes.remaining(), KEPT - length);
        bytes.get(excerpt, length, taken);
        length += taken;
        if (bytes.hasRemaining()) {
            bytes.position(bytes.limit());
            answer.complete(found());
            drop();
        }
    }

    @Override
    public synchronized void streamEnd(@Nullable List<? extends Header> trailers) {
        Answer whole = found();
        if (ended != null) {
            // First: whoever hears of the answer may want the connection.
            ended.completed(whole);
        }
        answer.complete(whole);
    }

    @Override
    public void failed(Exception cause) {
        answer.completeExceptionally(new SendingFailed(
                "the connection failed: " + cause.getClass().getSimpleName() + ": " + cause.getMessage(), cause));
    }

    @Override
    public void releaseResources() {
        // Nothing is held but this object.
    }

    private Answer found() {
        HttpResponse response = java.util.Objects.requireNonNull(head, "an answer begins with its head");
        Header retryAfter = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
        return new Answer(
                response.getCode(),
                new String(excerpt, 0, length, StandardCharsets.UTF_8),
                Optional.ofNullable(retryAfter).map(Header::getValue));
    }

    private void drop() {
        if (request != null) {
            request.cancel(true);
        }
    }
}
