package io.agentstation.guarantees.liveness;

import io.agentstation.contracts.topics.Topic;
import io.agentstation.guarantees.processes.ServiceProcess;
import io.agentstation.liveness.ControlDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A negative control: a detector that lacks one mechanism, in processes of its own, on topics of its own. */
final class Control implements AutoCloseable {

    /** What is missing. */
    enum Kind {
        /** Judges by its own clock. */
        WALL_CLOCK,
        /** Loses its memory with its process. */
        FORGETFUL
    }

    private final LivenessRig rig;
    private final Kind kind;
    private final String name;
    private final List<ServiceProcess> processes = new ArrayList<>();

    private Control(LivenessRig rig, Kind kind, String name) {
        this.rig = rig;
        this.kind = kind;
        this.name = name;
    }

    /** Makes its topics and starts one process. */
    static Control start(LivenessRig rig, Kind kind, String trial) {
        Control control =
                new Control(rig, kind, "control-" + kind.name().toLowerCase(java.util.Locale.ROOT) + "-" + trial);
        rig.kafka().makeTopics(control.outputs());
        control.startOne();
        return control;
    }

    private List<String> outputs() {
        return kind == Kind.WALL_CLOCK
                ? List.of(lifecycleTopic())
                : Stream.of(Topic.values())
                        .flatMap(topic -> Stream.of(topic.topicName(), topic.deadLetterName()))
                        .map(topic -> prefix() + topic)
                        .toList();
    }

    /** Starts a process, the first or one more. */
    void startOne() {
        processes.add(
                kind == Kind.WALL_CLOCK
                        ? rig.startProcess(
                                name,
                                WallClockDetector.class.getName(),
                                List.of(rig.bootstrapServers(), name, lifecycleTopic()))
                        : rig.startProcess(
                                name,
                                ControlDetector.class.getName(),
                                List.of(
                                        kind.name(),
                                        rig.bootstrapServers(),
                                        rig.keyFile().toString(),
                                        prefix(),
                                        rig.freshDirectory().toString(),
                                        Integer.toString(rig.partitions()))));
    }

    /** kill -9 of the oldest process. */
    void killOne() {
        processes.remove(0).kill();
    }

    ProcessHandle handle() {
        return processes.get(0).handle();
    }

    Kind kind() {
        return kind;
    }

    /** The client id of its consumer, for a quota. */
    String clientId() {
        return name;
    }

    /** Its consumer group; the wall-clock detector has none. */
    String group() {
        return prefix();
    }

    String lifecycleTopic() {
        return prefix() + Topic.LIFECYCLE.topicName();
    }

    private String prefix() {
        return name + "-";
    }

    void requireWorking() {
        processes.forEach(ServiceProcess::requireWorking);
    }

    @Override
    public void close() {
        processes.forEach(ServiceProcess::close);
    }
}
