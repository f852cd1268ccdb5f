package io.agentstation.webhooks.sending;

import io.agentstation.contracts.webhooks.WebhookUrl;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.support.AsyncRequestBuilder;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Posts to addresses that strangers chose: to ordinary addresses only, looked up and checked for every request and then used
 * for its connection as they are; no redirect is followed, no cookie, proxy or credential of this machine is used; a request
 * ends in bounded time and keeps a bounded part of its answer, whatever comes.
 */
public final class SafeClient implements AutoCloseable {

    private static final int LONGEST_LINE = 8_192;
    private static final int MOST_HEADERS = 100;
    // A name server that does not answer holds one for many seconds.
    private static final int MOST_LOOK_UPS = 32;
    private static final Pattern ADDRESS = Pattern.compile("\\[.*]|\\d{1,3}(\\.\\d{1,3}){3}");
    private static final int MOST_WAITING_LOOK_UPS = 10_000;
    private static final TimeValue KEPT_ALIVE = TimeValue.ofSeconds(5);

    private final WebhookUrl rules;
    private final AddressCheck addresses;
    private final ClientLimits limits;
    private final ScheduledExecutorService timer;
    private final ThreadPoolExecutor lookUps;
    private final CloseableHttpAsyncClient client;

    /**
     * A client that obeys these rules.
     *
     * @param timer for the end of requests; stays open
     */
    public SafeClient(WebhookUrl rules, HostResolver resolver, ClientLimits limits, ScheduledExecutorService timer) {
        this.rules = rules;
        this.addresses = new AddressCheck(resolver, rules.allowPrivateAddresses());
        this.limits = limits;
        this.timer = timer;
        this.lookUps = new ThreadPoolExecutor(
                MOST_LOOK_UPS,
                MOST_LOOK_UPS,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_WAITING_LOOK_UPS),
                task -> new Thread(task, "webhooks-dns"));
        lookUps.allowCoreThreadTimeOut(true);
        this.client = client(limits);
        client.start();
    }

    private static CloseableHttpAsyncClient client(ClientLimits limits) {
        return HttpAsyncClients.custom()
                .setConnectionManager(connections(limits))
                .setIOReactorConfig(IOReactorConfig.custom()
                        .setIoThreadCount(1)
                        .setSoTimeout(Timeout.of(limits.total()))
                        .build())
                .setHttp1Config(Http1Config.custom()
                        .setMaxLineLength(LONGEST_LINE)
                        .setMaxHeaderCount(MOST_HEADERS)
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.of(limits.total()))
                        .setResponseTimeout(Timeout.of(limits.total()))
                        .setHardCancellationEnabled(true)
                        .build())
                .setKeepAliveStrategy((response, context) -> KEPT_ALIVE)
                .setUserAgent("AgentStation-Webhooks/1")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    private static PoolingAsyncClientConnectionManager connections(ClientLimits limits) {
        return PoolingAsyncClientConnectionManagerBuilder.create()
                .setDnsResolver(new NoLookUps())
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.STRICT)
                .setMaxConnTotal(limits.connections())
                .setMaxConnPerRoute(limits.connections())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(limits.connect()))
                        .setSocketTimeout(Timeout.of(limits.total()))
                        .setValidateAfterInactivity(TimeValue.ofMilliseconds(500))
                        .build())
                .setDefaultTlsConfig(TlsConfig.custom()
                        .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
                        .setHandshakeTimeout(Timeout.of(limits.connect()))
                        .build())
                .build();
    }

    /** Posts; the answer, or {@link SendingFailed}, comes within the total limit. */
    CompletableFuture<Answer> post(String url, Map<String, String> headers, byte[] body) {
        Optional<String> problem = rules.problem(url);
        if (problem.isPresent()) {
            return CompletableFuture.failedFuture(new SendingFailed("the url " + problem.get()));
        }
        Exchange exchange = new Exchange();
        ScheduledFuture<?> end = timer.schedule(
                () -> exchange.timeIsUp(limits.total().toSeconds() + " s"),
                limits.total().toMillis(),
                TimeUnit.MILLISECONDS);
        var unused = exchange.answer().whenComplete((answer, failure) -> end.cancel(false));
        try {
            URI target = URI.create(url);
            Executor caller = Runnable::run;
            Executor where = ADDRESS.matcher(target.getHost()).matches() ? caller : lookUps;
            where.execute(() -> send(target, headers, body, exchange));
        } catch (RejectedExecutionException e) {
            exchange.failed(e);
        }
        return exchange.answer();
    }

    private void send(URI url, Map<String, String> headers, byte[] body, Exchange exchange) {
        if (exchange.answer().isDone()) {
            return;
        }
        try {
            HttpHost target = target(url, addresses.choose(literal(url.getHost())));
            exchange.runsAs(client.execute(
                    target,
                    request(url, headers, body),
                    exchange,
                    null,
                    HttpClientContext.create(),
                    new Ended(exchange)));
        } catch (SendingFailed e) {
            exchange.answer().completeExceptionally(e);
        } catch (IllegalStateException e) {
            // The client is closed.
            exchange.failed(e);
        }
    }

    private static AsyncRequestProducer request(URI url, Map<String, String> headers, byte[] body) {
        AsyncRequestBuilder request =
                AsyncRequestBuilder.post(url).setEntity(body, ContentType.APPLICATION_JSON.withCharset((String) null));
        headers.forEach(request::setHeader);
        return request.build();
    }

    private static HttpHost target(URI url, InetAddress address) {
        return new HttpHost(url.getScheme(), address, literal(url.getHost()), url.getPort());
    }

    private static String literal(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Java's own resolver, which keeps answers for as long as the platform says. */
    public static HostResolver systemResolver() {
        return SystemDefaultDnsResolver.INSTANCE::resolve;
    }

    @Override
    public void close() {
        lookUps.shutdownNow();
        client.close(CloseMode.IMMEDIATE);
    }

    /** Failures before there is an answer. */
    private record Ended(Exchange exchange) implements FutureCallback<Answer> {
        @Override
        public void completed(Answer answer) {
            // Told by the exchange itself.
        }

        @Override
        public void failed(Exception cause) {
            exchange.failed(cause);
        }

        @Override
        public void cancelled() {
            exchange.failed(new java.io.IOException("cancelled"));
        }
    }

    /** The second lock: a connection that is not to an address that was checked is not made. */
    private static final class NoLookUps implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            throw new UnknownHostException(host + ": only addresses that were checked are connected to");
        }

        @Override
        public String resolveCanonicalHostname(String host) throws UnknownHostException {
            throw new UnknownHostException(host + ": only addresses that were checked are connected to");
        }
    }
}
