package io.agentstation.guarantees.processes;

import java.io.IOException;
import java.util.Arrays;

/** Runs another main class for as long as the process that started this one lives, however that one ends. */
public final class EndsWithItsParent {

    private EndsWithItsParent() {}

    /** Arguments: the main class, then its own arguments. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        Thread watch = new Thread(EndsWithItsParent::haltWithTheParent, "parent-watch");
        watch.setDaemon(true);
        watch.start();
        String[] others = Arrays.copyOfRange(arguments, 1, arguments.length);
        Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object) others);
    }

    private static void haltWithTheParent() {
        try {
            while (System.in.read() >= 0) {
                // The parent sends nothing; only the end counts.
            }
        } catch (IOException brokenPipe) {
            // As good as its end.
        }
        Runtime.getRuntime().halt(1);
    }
}
