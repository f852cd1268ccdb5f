package io.agentstation.contracts.webhooks;

import io.agentstation.contracts.lifecycle.EventType;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The names under which lifecycle events are sent: {@code agent.} and the event's type. Refusals and no-ops are not sent. */
public final class WebhookEvents {

    /** In a subscription: every event that is sent. */
    public static final String ALL = "*";

    private static final Map<EventType, String> NAMES = names();

    private WebhookEvents() {}

    /** The event's name; empty when its type is not sent to anybody. */
    public static Optional<String> nameOf(EventType type) {
        return Optional.ofNullable(NAMES.get(type));
    }

    /** Every name, in the order of a life. */
    public static List<String> all() {
        return List.copyOf(NAMES.values());
    }

    /** Whether a subscription may name this. */
    public static boolean isName(String text) {
        return ALL.equals(text) || NAMES.containsValue(text);
    }

    private static Map<EventType, String> names() {
        Map<EventType, String> names = new EnumMap<>(EventType.class);
        for (EventType type : EnumSet.complementOf(EnumSet.of(EventType.REJECTED, EventType.NO_CHANGE))) {
            names.put(type, "agent." + type.name().toLowerCase(Locale.ROOT));
        }
        return names;
    }
}
