package io.agentstation.gateway.policies;

import io.agentstation.contracts.policies.UnhealthyPolicy;
import io.agentstation.contracts.policies.UnhealthyPolicy.Action;
import io.agentstation.gateway.requests.JsonForm;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads {@code on_unhealthy} and {@code unhealthy_after_intervals}; what is wrong with them is noted in the form. */
public final class PolicyForm {

    private static final String ACTION = "on_unhealthy";
    private static final String AFTER = "unhealthy_after_intervals";
    private static final int BY_DEFAULT = 1;

    private PolicyForm() {}

    /** The policy that the form names, of these actions; empty when it names none, or something is wrong with it. */
    public static Optional<UnhealthyPolicy> read(JsonForm form, Action... allowed) {
        if (form.value(ACTION).isEmpty()) {
            if (form.value(AFTER).isPresent()) {
                form.problem(AFTER, AFTER + " means nothing without " + ACTION);
            }
            return Optional.empty();
        }
        Optional<Action> action = action(form, allowed);
        Optional<Integer> after = form.integer(AFTER, 1, UnhealthyPolicy.MOST_INTERVALS);
        return action.map(wanted -> new UnhealthyPolicy(wanted, after.orElse(BY_DEFAULT)));
    }

    /**
     * The policy, which must be named.
     *
     * @throws io.agentstation.gateway.errors.RequestRefused 400 that names every field that is wrong
     */
    static UnhealthyPolicy require(JsonForm form, Action... allowed) {
        if (form.value(ACTION).isEmpty()) {
            form.problem(ACTION, ACTION + " is required: one of " + words(allowed));
        }
        Optional<UnhealthyPolicy> policy = read(form, allowed);
        form.problems().refuseIfAny();
        return policy.orElseThrow();
    }

    private static Optional<Action> action(JsonForm form, Action... allowed) {
        Optional<String> text = form.text(ACTION);
        Optional<Action> action = Arrays.stream(allowed)
                .filter(each -> text.filter(each.wireName()::equals).isPresent())
                .findFirst();
        if (text.isPresent() && action.isEmpty()) {
            form.problem(ACTION, ACTION + " must be one of: " + words(allowed));
        }
        return action;
    }

    private static String words(Action... allowed) {
        return Arrays.stream(allowed).map(Action::wireName).collect(Collectors.joining(", "));
    }
}
