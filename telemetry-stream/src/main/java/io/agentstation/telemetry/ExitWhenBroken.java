package io.agentstation.telemetry;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.context.ApplicationListener;

/** Ends the process with code 1 when its context is broken, so that whoever runs it starts it again. */
final class ExitWhenBroken implements ApplicationListener<AvailabilityChangeEvent<?>> {

    private static final Logger log = LoggerFactory.getLogger(ExitWhenBroken.class);
    private static final int FAILED = 1;

    @Override
    public void onApplicationEvent(AvailabilityChangeEvent<?> event) {
        if (event.getState() == LivenessState.BROKEN) {
            log.atError().log("the windows cannot go on, the process ends");
            // The exit waits for the threads of Streams, one of which brings this.
            new Thread(() -> System.exit(FAILED), "exit").start();
        }
    }
}
