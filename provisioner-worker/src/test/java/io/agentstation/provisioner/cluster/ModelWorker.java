package io.agentstation.provisioner.cluster;

import io.agentstation.store.desired.DesiredAgent;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One worker at one moment: its script and the answers that it has got. Immutable. */
final class ModelWorker {

    private final ModelScript script;
    private final boolean verifies;
    private final boolean dead;
    private final List<Object> answers;
    private final String digest;
    private Optional<ModelCalls.Call> pending = Optional.empty();
    private boolean looked;

    /** A worker that has not begun. */
    ModelWorker(ModelScript script, boolean verifies) {
        this(script, verifies, false, List.of(), "");
    }

    private ModelWorker(ModelScript script, boolean verifies, boolean dead, List<Object> answers, String digest) {
        this.script = script;
        this.verifies = verifies;
        this.dead = dead;
        this.answers = answers;
        this.digest = digest;
    }

    /** What tells two moments of one worker apart. */
    String digest() {
        return dead ? "dead" : digest;
    }

    /** Its next call; empty when it has come to its end or has died. */
    Optional<ModelCalls.Call> pending() {
        if (!looked && !dead) {
            try {
                script.run(new ModelCalls(answers, verifies));
            } catch (ModelCalls.Pending found) {
                pending = Optional.of(found.call);
            }
        }
        looked = true;
        return pending;
    }

    ModelWorker answered(Object answer) {
        List<Object> more = new ArrayList<>(answers);
        more.add(answer);
        return new ModelWorker(script, verifies, false, more, digest + "," + summary(answer));
    }

    ModelWorker crashed() {
        return new ModelWorker(script, verifies, true, List.of(), "");
    }

    /** Carries out all its calls, nobody else does anything. */
    void runAlone(ModelWorld world) {
        ModelWorker worker = this;
        Optional<ModelCalls.Call> call = worker.pending();
        while (call.isPresent()) {
            Object answer = call.get().effect().apply(world);
            if (answer == null) {
                return;
            }
            worker = worker.answered(answer);
            call = worker.pending();
        }
    }

    private static String summary(Object answer) {
        if (answer instanceof Optional<?> optional) {
            return optional.map(ModelWorker::summary).orElse("-");
        }
        if (answer instanceof List<?> list) {
            return list.stream().map(ModelWorker::summary).collect(Collectors.joining(";", "[", "]"));
        }
        if (answer instanceof DesiredAgent row) {
            return row.agentId().toString().substring(30) + row.phase() + row.generation();
        }
        return answer instanceof HasMetadata object ? object.getMetadata().getUid() : String.valueOf(answer);
    }
}
