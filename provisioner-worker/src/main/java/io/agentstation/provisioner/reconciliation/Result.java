package io.agentstation.provisioner.reconciliation;

import io.agentstation.contracts.observations.Observation.Cause;
import io.agentstation.store.desired.DesiredAgent;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How far one agent has come towards its desired state. */
sealed interface Result {

    /** The desired state that was acted upon: the newest, as verified after the act unless it failed or goes on. */
    DesiredAgent agent();

    /** Calls the function of this result's type. */
    <R> R match(Cases<R> cases);

    /** Its objects are as desired. */
    record Applied(DesiredAgent agent) implements Result {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.applied.apply(this);
        }
    }

    /** Nothing is left and its name is free. */
    record Removed(
            DesiredAgent agent, Cause cause, @Nullable String reason) implements Result {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.removed.apply(this);
        }
    }

    /** Its removal goes on; {@code reason} says what is still there. */
    record Removing(DesiredAgent agent, String reason) implements Result {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.removing.apply(this);
        }
    }

    /** The cluster refused or did not answer; it is not asked again before that time has passed. */
    record Failed(DesiredAgent agent, String reason, boolean retrying, Duration notBefore) implements Result {

        Failed(DesiredAgent agent, String reason, boolean retrying) {
            this(agent, reason, retrying, Duration.ZERO);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.failed.apply(this);
        }
    }

    /** One function for each type of result. */
    record Cases<R>(
            Function<Applied, R> applied,
            Function<Removed, R> removed,
            Function<Removing, R> removing,
            Function<Failed, R> failed) {}
}
