package io.agentstation.webhooks.intake;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record to put aside.
 *
 * @param reason why, in words
 */
record DeadLetter(ConsumerRecord<byte[], byte[]> record, String reason) {}
