package io.agentstation.provisioner.fold;

import io.agentstation.store.desired.DesiredAgent;
import java.util.function.Function;

/** What a command comes to, given the desired state that it meets. */
public sealed interface Decision {

    /** Calls the function of this decision's type. */
    <R> R match(Cases<R> cases);

    /** The desired state advances; to be written by compare-and-set before anything is done. */
    record Advance(DesiredAgent next) implements Decision {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.advance.apply(this);
        }
    }

    /**
     * The command is folded in already (read again), or asks for a removal that is under way or done: the state stays, the
     * outcome is due once more.
     */
    record Repeat(DesiredAgent current) implements Decision {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.repeat.apply(this);
        }
    }

    /** It asks for what already is desired. */
    record NoChange(String reason) implements Decision {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.noChange.apply(this);
        }
    }

    /** It can't be done, now or later. */
    record Rejected(String reason) implements Decision {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.rejected.apply(this);
        }
    }

    /** One function for each type of decision. */
    record Cases<R>(
            Function<Advance, R> advance,
            Function<Repeat, R> repeat,
            Function<NoChange, R> noChange,
            Function<Rejected, R> rejected) {}
}
