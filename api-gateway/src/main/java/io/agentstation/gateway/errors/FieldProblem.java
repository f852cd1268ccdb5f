package io.agentstation.gateway.errors;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with one field of a request.
 *
 * @param field   its path in the body ({@code resources.cpu_limit}), or the name of the parameter or header
 * @param message a sentence for people
 * @param limit   of a resource that is not enough: how much there may be; else absent, like the other two
 * @param used    how much of it is in use
 * @param asked   how much more was asked for
 */
public record FieldProblem(
        String field,
        String message,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String limit,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String used,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String asked) {

    /** A field that is wrong in itself. */
    public FieldProblem(String field, String message) {
        this(field, message, null, null, null);
    }
}
