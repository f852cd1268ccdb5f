package io.agentstation.standalone.startup;

import io.agentstation.standalone.directory.DataDirectory;
import io.agentstation.standalone.settings.UpSettings;
import java.nio.file.Path;

/** Tells people and programs that the station is ready and where it is. */
final class Announcement {

    private Announcement() {}

    /** Writes the ready line and what to do next on the console. */
    static void make(UpSettings settings, DataDirectory data, String url, Progress progress) {
        progress.say("Agent Station is ready on " + url + " (" + progress.total() + ")");
        progress.say("  key  " + data.apiKeyFile());
        progress.say(
                "  try  curl -H \"Authorization: Bearer $(cat '" + data.apiKeyFile() + "')\" " + url + "/api/fleet");
        if (settings.isExposed()) {
            progress.say("warning: the API listens on " + settings.bind()
                    + " without TLS: keys and tokens cross the network in clear");
        }
    }

    /** The file that names the cluster: the one that was given, or that of the simulated one. */
    static Path kubeconfig(UpSettings settings, DataDirectory data) {
        Path given = settings.kubeconfig();
        return given == null ? data.kubeconfig() : given.toAbsolutePath();
    }
}
