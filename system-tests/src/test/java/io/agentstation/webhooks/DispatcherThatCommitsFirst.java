package io.agentstation.webhooks;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.BatchMessageListener;

/** A negative control: the real service, except that a batch is committed at once and delivered behind, after a while. */
public final class DispatcherThatCommitsFirst {

    private static final Duration BEHIND = Duration.ofSeconds(20);

    private DispatcherThatCommitsFirst() {}

    /** Arguments as the service's own. */
    public static void main(String[] arguments) {
        new SpringApplicationBuilder(WebhookDispatcher.class, DeliverBehind.class)
                .web(org.springframework.boot.WebApplicationType.NONE)
                .run(Stream.concat(Stream.of("--spring.config.name=webhook-dispatcher"), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    @Configuration(proxyBeanMethods = false)
    static class DeliverBehind {

        @Bean
        static BeanPostProcessor deliverBehind() {
            ScheduledExecutorService later = Executors.newScheduledThreadPool(4);
            return new BeanPostProcessor() {

                @Override
                @SuppressWarnings("unchecked")
                public Object postProcessAfterInitialization(Object bean, String name) {
                    if (bean instanceof AbstractMessageListenerContainer<?, ?> reader
                            && reader.getContainerProperties().getMessageListener()
                                    instanceof BatchMessageListener<?, ?> writer) {
                        var real = (BatchMessageListener<byte[], byte[]>) writer;
                        reader.setupMessageListener(
                                (BatchMessageListener<byte[], byte[]>) batch -> deliverLater(later, real, batch));
                    }
                    return bean;
                }
            };
        }

        private static void deliverLater(
                ScheduledExecutorService later,
                BatchMessageListener<byte[], byte[]> real,
                List<ConsumerRecord<byte[], byte[]>> batch) {
            var unused = later.schedule(() -> real.onMessage(batch), BEHIND.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
