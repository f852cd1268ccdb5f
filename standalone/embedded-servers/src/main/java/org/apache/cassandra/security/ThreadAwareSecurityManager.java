package org.apache.cassandra.security;

/**
 * Takes the place of Cassandra's class of this name, which installs a Java security manager to fence user-defined
 * functions in and so dies on Java 24 and later, where there is none (JEP 486). The station's Cassandra has
 * user-defined functions switched off: there is nothing to fence in.
 */
public final class ThreadAwareSecurityManager {

    private ThreadAwareSecurityManager() {}

    /** Installs nothing. */
    public static void install() {}

    /** Never: no thread runs user-defined functions. */
    public static boolean isSecuredThread() {
        return false;
    }
}
