package io.agentstation.store.webhooks;

/**
 * A message in a lane.
 *
 * @param sequence  its place in the lane: that of its event in its agent's life
 * @param messageId the header {@code webhook-id}, the same in every attempt
 * @param event     the event's name
 * @param body      as it is sent
 */
public record WaitingMessage(long sequence, String messageId, String event, String body) {}
