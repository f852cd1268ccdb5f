package io.agentstation.gateway.fuzz;

import io.agentstation.gateway.fuzz.Request.Kind;
import io.agentstation.gateway.openapi.Contract;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What is wrong with an answer. */
final class Verdict {

    private static final Set<Integer> FOR_WRONG_REQUESTS = Set.of(400, 401, 405, 413, 415);
    private static final Set<String> WITHOUT_BODY = Set.of("HEAD", "OPTIONS");
    private static final Pattern STACK_TRACE = Pattern.compile("\\bat [a-z]+\\.[\\w.$]+\\(|\\w+Exception\\b");

    private Verdict() {}

    static List<String> of(Request request, Reply reply) {
        List<String> problems = new ArrayList<>();
        if (reply.status() == 0) {
            return request.kind() == Kind.HOSTILE ? List.of() : List.of("no answer");
        }
        if (reply.status() >= 500) {
            problems.add("the server blames itself: " + reply.status());
        }
        if (STACK_TRACE.matcher(reply.text()).find()) {
            problems.add("the answer shows the inside of the server");
        }
        if (request.kind() == Kind.VALID && FOR_WRONG_REQUESTS.contains(reply.status())) {
            problems.add("a valid request was refused: " + reply.status());
        }
        if (request.refusalDue() && (reply.status() < 400 || reply.status() >= 500)) {
            problems.add("the document forbids it, and it was answered " + reply.status());
        }
        if (!WITHOUT_BODY.contains(request.method())) {
            problems.addAll(againstTheDocument(request, reply));
        }
        return problems;
    }

    private static List<String> againstTheDocument(Request request, Reply reply) {
        // Of bytes that were changed nobody knows which operation they still ask for.
        boolean isClear = request.kind() != Kind.HOSTILE || reply.status() < 400;
        String path = isClear ? request.path() : "/";
        return Contract.get().problems(request.method(), path, reply.status(), reply::header, reply.body());
    }
}
