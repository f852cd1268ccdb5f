package io.agentstation.agent;

import java.util.function.Consumer;

/** Tells what happens to the heartbeats, once per change rather than once per attempt. Guarded by the loop's lock. */
final class HeartbeatJournal {

    private final Consumer<String> log;
    private String state = "";
    private String trouble = "";
    private int attemptsInTrouble;
    private boolean isSilent;

    HeartbeatJournal(Consumer<String> log) {
        this.log = log;
    }

    void acknowledged(StationAnswer answer) {
        if (!trouble.isEmpty()) {
            log.accept("heartbeat acknowledged after " + attemptsInTrouble + " failed attempts");
            trouble = "";
            attemptsInTrouble = 0;
        }
        String told = answer.state().orElse("unknown");
        if (!told.equals(state)) {
            state = told;
            log.accept("heartbeat acknowledged, state " + told + (told.equals("DRAINING") ? ": asked to drain" : ""));
        }
    }

    void unacknowledged(String why) {
        trouble("heartbeat not acknowledged, trying again: " + why);
    }

    void refused(StationAnswer answer) {
        String hint = switch (answer.status()) {
            case 401 -> "the token is not valid here";
            case 403 -> "the token may not speak for this agent";
            case 404 -> "the station does not know this agent";
            case 429 -> "too many requests";
            default -> "unexpected";
        };
        trouble("heartbeat refused, " + hint + ", trying again later: " + answer.describe());
    }

    void silent() {
        if (!isSilent) {
            isSilent = true;
            log.accept("not ready: no heartbeats until it is");
        }
    }

    void speaks() {
        isSilent = false;
        log.accept("ready: heartbeats from now on");
    }

    private void trouble(String what) {
        attemptsInTrouble++;
        if (!what.equals(trouble)) {
            trouble = what;
            log.accept(what);
        }
    }
}
