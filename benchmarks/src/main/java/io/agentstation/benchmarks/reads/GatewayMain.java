package io.agentstation.benchmarks.reads;

import io.agentstation.gateway.ApiGateway;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A gateway in a process of its own that tells how much memory lives in it. It is asked by lines on its input and answers by
 * lines on its error output; it ends with its input.
 */
public final class GatewayMain {

    /** Before every answer. */
    static final String ANSWER = "answer ";

    /** Asks for the bytes that live now. */
    static final String LIVE = "live";

    /** Begins to look at what lives. */
    static final String WATCH = "watch";

    /** Ends that, and asks for the most that was seen. */
    static final String PEAK = "peak";

    private GatewayMain() {}

    /** Starts it with the properties in the arguments, {@code key=value}; its first answer is its port. */
    public static void main(String[] arguments) throws IOException {
        Map<String, Object> properties = Arrays.stream(arguments)
                .map(property -> property.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        try (ConfigurableApplicationContext gateway = ApiGateway.start(properties)) {
            answer(gateway.getEnvironment().getRequiredProperty("local.server.port"));
            serve(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        }
    }

    private static void serve(BufferedReader questions) throws IOException {
        LiveWatch watch = new LiveWatch();
        for (String question = questions.readLine(); question != null; question = questions.readLine()) {
            switch (question) {
                case LIVE -> answer(Long.toString(live()));
                case WATCH -> watch.start();
                case PEAK -> answer(Long.toString(watch.stop()));
                default -> throw new IllegalArgumentException("no such question: " + question);
            }
        }
    }

    private static void answer(String text) {
        System.err.println(ANSWER + text);
    }

    /** The heap in bytes after everything that is dead has gone. */
    static long live() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
