package io.agentstation.gateway.edges;

import io.agentstation.contracts.credentials.AgentToken;
import io.agentstation.contracts.ids.AgentId;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.gateway.Http;
import io.agentstation.gateway.Http.Answer;
import io.agentstation.gateway.Station;
import io.agentstation.gateway.openapi.Contract;
import io.agentstation.gateway.openapi.Operation;
import io.agentstation.gateway.openapi.Targets;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Every operation of the API, and what an agent reports itself, asked of a gateway whose neighbours may be away. What they are
 * about is made by a gateway that is well.
 */
final class EveryCall implements AutoCloseable {

    /** What an agent with its own token reports, of which its gateway knows already. */
    static final String OWN_HEARTBEAT = "an agent's own heartbeat";

    /** Those that append to a topic. */
    static final Set<String> NEED_KAFKA = Set.of(
            "createAgent",
            "deleteAgent",
            "recordHeartbeat",
            "recordMetrics",
            "updateAgent",
            "scaleAgent",
            "restartAgent",
            "drainAgent",
            "endDrain",
            "resumeAgent",
            "killAgent",
            "setPolicy",
            "setAgentPolicy",
            "redeliver",
            "replay",
            OWN_HEARTBEAT);

    /** What no provisioner answers here. */
    static final Set<String> NEED_A_PROVISIONER = Set.of("readLogs", "readKubernetes", "readQuota");

    /** Waits for what a receiver answers to a webhook, for 20 s, which is not what this is about. */
    private static final String WAITS_FOR_A_RECEIVER = "testWebhook";

    /** Within which every call is answered: the contract's two seconds, and one for a machine that has much else to do. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final String HEARTBEAT = "{\"mode\":\"IDLE\",\"uptime_seconds\":1}";
    private static final int CALLERS = 8;

    private record Call(String id, Http client, HttpRequest request) {}

    private final Targets targets;
    private final Http user;
    private final Http holder;
    private final Http itself;
    private final String agent;
    private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);

    /** Of the gateway at this port. */
    EveryCall(int port) throws IOException, InterruptedException {
        WorkspaceId workspace = Station.workspace();
        this.targets = new Targets(Station.get(), workspace);
        this.user = new Http(port, Station.get().http(workspace).credential());
        this.holder = new Http(port, Station.get().http(workspace, "station").credential());
        AgentId known = targets.active();
        this.agent = "/api/agents/" + known;
        this.itself = user.as(AgentToken.of(Station.key(), known));
    }

    /** A client of the workspace. */
    Http user() {
        return user;
    }

    /** The path of an agent that lives. */
    String agent() {
        return agent;
    }

    /** The agent's own heartbeat. */
    Answer ownHeartbeat() {
        return itself.send(ownHeartbeatRequest());
    }

    private HttpRequest ownHeartbeatRequest() {
        return request(itself, "POST", agent + "/heartbeat", HEARTBEAT);
    }

    /** Calls of every kind that have not been sent yet. */
    final class Round {

        private final List<Call> calls = new ArrayList<>();

        private Round() {
            for (Operation operation : Contract.get().operations()) {
                if (!operation.id().equals(WAITS_FOR_A_RECEIVER)) {
                    Http client = Targets.isForTheStation(operation) ? holder : user;
                    String body = operation.bodySchema().isPresent()
                            ? Targets.body(operation).toString()
                            : null;
                    calls.add(new Call(
                            operation.id(),
                            client,
                            request(client, operation.method(), targets.path(operation), body)));
                }
            }
            calls.add(new Call(OWN_HEARTBEAT, itself, ownHeartbeatRequest()));
        }

        /**
         * What each was answered, by the operation's id.
         *
         * @throws AssertionError when one was not answered within {@link #PATIENCE}
         */
        Map<String, Answer> send() throws Exception {
            Map<String, Future<Answer>> asked = new LinkedHashMap<>();
            calls.forEach(call -> asked.put(call.id, callers.submit(() -> call.client.send(call.request))));
            Map<String, Answer> answers = new LinkedHashMap<>();
            for (Map.Entry<String, Future<Answer>> each : asked.entrySet()) {
                answers.put(each.getKey(), answer(each.getKey(), each.getValue()));
            }
            return answers;
        }

        /** What one of them is answered when it is sent again. */
        Answer again(String id) {
            Call call = calls.stream()
                    .filter(each -> each.id.equals(id))
                    .findFirst()
                    .orElseThrow();
            return call.client.send(call.request);
        }

        private static Answer answer(String id, Future<Answer> asked) throws InterruptedException {
            try {
                return asked.get();
            } catch (ExecutionException e) {
                throw new AssertionError(id + " was not answered as it should be", e);
            }
        }
    }

    /** Prepares a call of each kind. */
    Round round() {
        return new Round();
    }

    private static HttpRequest request(Http client, String method, String path, @Nullable String body) {
        return client.request(path)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Prefer", "wait=0")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
    }

    @Override
    public void close() throws InterruptedException {
        callers.shutdownNow();
        targets.close();
    }
}
