package io.agentstation.benchmarks.webhooks;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/** Posts bodies and does nothing else: no signature, no order, no record of what was sent. */
final class BareLoop {

    private BareLoop() {}

    /** Posts a second, so many at a time. */
    static double perSecond(String url, List<byte[]> bodies, int concurrency) throws InterruptedException {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        Semaphore free = new Semaphore(concurrency);
        long from = System.nanoTime();
        for (byte[] body : bodies) {
            free.acquire();
            HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                    .build();
            CompletableFuture<HttpResponse<Void>> answer =
                    client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
            var unused = answer.whenComplete((done, failure) -> free.release());
        }
        free.acquire(concurrency);
        return bodies.size() * 1e9 / (System.nanoTime() - from);
    }
}
