package io.agentstation.cluster.images;

import java.util.Arrays;
import java.util.Optional;

/**
 * An image that stands for a behaviour. The last two parts of the repository's name decide, whatever the registry, the tag
 * or the digest; every other image is the station agent.
 */
public enum SimulatedImage {
    /** Runs and is ready, and never reports. */
    SILENT("simulate/silent"),
    /** Cannot be pulled. */
    IMAGE_PULL_FAILURE("simulate/image-pull-failure"),
    /** Ends with code 1 shortly after each start. */
    CRASH_LOOP("simulate/crash-loop"),
    /** Runs, never passes its readiness probe, and never reports. */
    NEVER_READY("simulate/never-ready"),
    /** Reports for 30 s, then hangs: it runs and is ready, and is never heard again. */
    DIES_AFTER_30S("simulate/dies-after-30s"),
    /** An agent as any other, whose certificate is never issued. */
    CERTIFICATE_PENDING("simulate/certificate-pending"),
    /** An agent that ignores SIGTERM and is killed at the end of its grace period. */
    SLOW_STOP("simulate/slow-stop");

    /** Of all their names: few images have it, and this is asked often. */
    private static final String COMMON_PART = "simulate/";

    private final String repository;

    SimulatedImage(String repository) {
        this.repository = repository;
    }

    /** The last two parts of the repository's name. */
    public String repository() {
        return repository;
    }

    /** What an image stands for; empty for the agent. */
    public static Optional<SimulatedImage> of(String image) {
        if (!image.contains(COMMON_PART)) {
            return Optional.empty();
        }
        String name = image.replaceFirst("@.*$", "").replaceFirst(":[^/:]*$", "");
        return Arrays.stream(values())
                .filter(known -> name.equals(known.repository) || name.endsWith("/" + known.repository))
                .findFirst();
    }

    /** Whether an image stands for this. */
    public boolean is(String image) {
        return of(image).filter(this::equals).isPresent();
    }
}
