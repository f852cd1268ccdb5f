package io.agentstation.gateway.requests;

import io.agentstation.gateway.errors.FieldProblem;
import io.agentstation.gateway.errors.RequestRefused;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a request, in the order found, so that one answer names every field. */
public final class Problems {

    private static final int LONGEST_NAME = 100;

    private final List<FieldProblem> found = new ArrayList<>();

    /** Notes one. */
    public void add(String field, String message) {
        found.add(new FieldProblem(shortened(field), message));
    }

    /**
     * Ends the request when anything is wrong.
     *
     * @throws RequestRefused 400 with the first problem as its sentence
     */
    public void refuseIfAny() {
        if (!found.isEmpty()) {
            throw RequestRefused.invalid(found);
        }
    }

    /** A name that a client chose, short enough to be repeated to it. */
    public static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "...";
    }
}
