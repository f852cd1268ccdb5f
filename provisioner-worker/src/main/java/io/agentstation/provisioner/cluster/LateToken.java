package io.agentstation.provisioner.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.OAuthTokenProvider;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * For a kubeconfig without a token, such as one with client certificates: looks twice a minute whether it has one by now. A client
 * that is a minute old and has no token otherwise reads and parses the file at each request, which took a fifth of the time of an
 * agent's creation. Thread-safe.
 */
final class LateToken implements OAuthTokenProvider {

    private static final Duration EVERY = Duration.ofSeconds(30);

    private final Supplier<@Nullable String> token;
    private final LongSupplier nanos;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile Seen last;

    private record Seen(@Nullable String token, long nanos) {}

    LateToken(Supplier<@Nullable String> token, LongSupplier nanos) {
        this.token = token;
        this.nanos = nanos;
        this.last = new Seen(null, nanos.getAsLong());
    }

    /** Whether a configuration has neither a token nor, by an identity provider, a way to one. */
    static boolean isFor(Config config) {
        return isEmpty(config.getOauthToken())
                && isEmpty(config.getAutoOAuthToken())
                && config.getOauthTokenProvider() == null
                && config.getAuthProvider() == null;
    }

    /** Of this configuration. */
    static LateToken of(Config config) {
        return new LateToken(() -> config.refresh().getAutoOAuthToken(), System::nanoTime);
    }

    /** The token, or null; waits for the file when it is time to look. */
    @Override
    public @Nullable String getToken() {
        // Whoever comes first looks; the others go on with what there was.
        if (nanos.getAsLong() - last.nanos() > EVERY.toNanos() && looking.compareAndSet(false, true)) {
            try {
                // Before it looks: a file that cannot be read fails one request and not all.
                last = new Seen(last.token(), nanos.getAsLong());
                last = new Seen(token.get(), last.nanos());
            } finally {
                looking.set(false);
            }
        }
        return last.token();
    }

    private static boolean isEmpty(@Nullable String text) {
        return text == null || text.isEmpty();
    }
}
