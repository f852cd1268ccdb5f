package io.agentstation.webhooks.sending;

import java.util.Optional;

/**
 * What a receiver answered.
 *
 * @param excerpt    the first KB of its body
 * @param retryAfter the header of that name, as it came
 */
record Answer(int status, String excerpt, Optional<String> retryAfter) {}
