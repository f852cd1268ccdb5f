package io.agentstation.architecture.broken;

/** Calls a controller. */
public final class ThingDialect {

    private final ThingController controller = new ThingController();

    String translated() {
        return controller.list();
    }
}
