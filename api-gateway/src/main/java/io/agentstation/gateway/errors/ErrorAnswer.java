package io.agentstation.gateway.errors;

import java.util.List;

/**
 * The body of every answer that is an error.
 *
 * @param error     a sentence for people; the documents' own where they give one
 * @param code      a word for programs; it does not change
 * @param requestId the same as in the header {@code X-Request-Id}
 * @param details   one for each field that is wrong; empty when the request as a whole is
 */
record ErrorAnswer(String error, String code, String requestId, List<FieldProblem> details) {}
