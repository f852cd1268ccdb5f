package io.agentstation.contracts.policies;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * What is done about an unhealthy agent, and when.
 *
 * @param afterIntervals after so many further missed intervals, 1 to {@value #MOST_INTERVALS}; without meaning for
 *                       {@link Action#INHERIT} and {@link Action#NONE}
 */
public record UnhealthyPolicy(Action action, int afterIntervals) {

    /** The most intervals that a policy may wait. */
    public static final int MOST_INTERVALS = 1_000;

    /** The policy of an agent that names none: its workspace's counts. */
    public static final UnhealthyPolicy INHERIT = new UnhealthyPolicy(Action.INHERIT, 1);

    /** The policy of a workspace that names none: nothing is done. */
    public static final UnhealthyPolicy NONE = new UnhealthyPolicy(Action.NONE, 1);

    public UnhealthyPolicy {
        if (afterIntervals < 1 || afterIntervals > MOST_INTERVALS) {
            throw new IllegalArgumentException(
                    "after_intervals must be 1 to " + MOST_INTERVALS + ": " + afterIntervals + ", action " + action);
        }
    }

    /** This policy of an agent, or its workspace's when it names none. */
    public UnhealthyPolicy or(UnhealthyPolicy workspaces) {
        return action == Action.INHERIT ? workspaces : this;
    }

    /** What is done. */
    public enum Action {
        /** What the workspace says. */
        INHERIT,
        /** Nothing. */
        NONE,
        /** Its pods are replaced. */
        RESTART,
        /** It is removed from the cluster: ends in KILLED. */
        KILL;

        /** Reads the wire form. */
        @JsonCreator
        public static Action of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }

        /** The wire form, lower case. */
        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
