package io.agentstation.architecture.broken;

/** To be called by HTTP only. */
public final class ThingController {

    String list() {
        return "[]";
    }
}
