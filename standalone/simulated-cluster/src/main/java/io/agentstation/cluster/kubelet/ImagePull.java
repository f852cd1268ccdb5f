package io.agentstation.cluster.kubelet;

import io.agentstation.cluster.images.SimulatedImage;
import io.agentstation.cluster.objects.ClusterObject;
import java.time.Duration;

/** Pulls a container's image: at once and only once, or never. Lives on the cluster's loop. */
final class ImagePull {

    /** From a failed pull until the kubelet looks again and finds that it has to wait. */
    static final Duration FIRST_LOOK = Duration.ofMillis(500);

    private final ClusterObject pod;
    private final ContainerRun run;
    private final Node node;
    private final BackOff backOff;
    private boolean pulled;

    ImagePull(ClusterObject pod, ContainerRun run, Node node) {
        this.pod = pod;
        this.run = run;
        this.node = node;
        this.backOff = new BackOff(node.pacing().backOffSpeed());
    }

    /** Tries to pull what is not there yet; a failure is the container's state then. */
    boolean succeeds() {
        if (pulled) {
            return true;
        }
        String image = run.image();
        node.events().normal(pod, run.name(), "Pulling", "Pulling image \"" + image + "\"");
        pulled = !SimulatedImage.IMAGE_PULL_FAILURE.is(image);
        if (pulled) {
            node.events().normal(pod, run.name(), "Pulled", "Successfully pulled image \"" + image + "\"");
        } else {
            run.waitFor("ErrImagePull", denied());
            node.events().warning(pod, run.name(), "Failed", "Failed to pull image \"" + image + "\": " + denied());
            node.events().warning(pod, run.name(), "Failed", "Error: ErrImagePull");
        }
        return pulled;
    }

    /** The container's state while it waits for the next pull; returns for how long. */
    Duration backOff() {
        String waiting = "Back-off pulling image \"" + run.image() + "\"";
        run.waitFor("ImagePullBackOff", waiting + ": ErrImagePull: " + denied());
        node.events().normal(pod, run.name(), "BackOff", waiting);
        node.events().warning(pod, run.name(), "Failed", "Error: ImagePullBackOff");
        return backOff.next();
    }

    /** In the words of containerd. */
    private String denied() {
        return "failed to pull and unpack image \"" + run.image() + "\": failed to resolve reference \"" + run.image()
                + "\": pull access denied, repository does not exist or may require authorization";
    }
}
