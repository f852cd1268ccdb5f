package io.agentstation.store.webhooks;

/** A partition of Kafka: whoever owns it tries the lanes that came from it. */
public record RetryOwner(String topic, int partition) {}
