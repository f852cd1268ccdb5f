package io.agentstation.cluster;

import java.util.List;
import java.util.concurrent.Flow;

/** Collects the lines of a streamed response. */
record LineCollector(List<String> lines) implements Flow.Subscriber<String> {

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
        lines.add(line);
    }

    @Override
    public void onError(Throwable failure) {
        lines.add("failed: " + failure);
    }

    @Override
    public void onComplete() {
        // The response's future completes too, which is what the tests wait for.
    }
}
