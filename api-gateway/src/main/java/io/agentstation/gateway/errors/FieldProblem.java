package io.agentstation.gateway.errors;

/**
 * What is wrong with one field of a request.
 *
 * @param field   its path in the body ({@code resources.cpu_limit}), or the name of the parameter or header
 * @param message a sentence for people
 */
public record FieldProblem(String field, String message) {}
