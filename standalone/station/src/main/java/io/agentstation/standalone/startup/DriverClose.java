package io.agentstation.standalone.startup;

import java.util.List;

/** How Cassandra's driver closes its sessions in this process. */
public final class DriverClose {

    private static final String SETTING = "datastax-java-driver.advanced.netty.%s.shutdown.%s";

    private DriverClose() {}

    /**
     * Sessions close after 100 ms without work. By default each waits for two seconds: four services would spend most of
     * the ten seconds in which a station stops on it, and the first start four seconds. Nothing is lost: a session is
     * closed when its users have ended.
     */
    public static void withShortQuietPeriod() {
        for (String group : List.of("io-group", "admin-group")) {
            System.setProperty(SETTING.formatted(group, "unit"), "MILLISECONDS");
            System.setProperty(SETTING.formatted(group, "quiet-period"), "100");
            System.setProperty(SETTING.formatted(group, "timeout"), "2000");
        }
    }
}
