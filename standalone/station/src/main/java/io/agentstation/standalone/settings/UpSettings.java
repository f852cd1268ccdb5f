package io.agentstation.standalone.settings;

import io.agentstation.standalone.failures.StationFailure;
import io.agentstation.standalone.tls.TlsFiles;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the person who starts a station asks for.
 *
 * @param data the data directory
 * @param port the API's port; 0 picks a free one and keeps it
 * @param bind the address on which the API listens
 * @param kubeconfig names a real cluster; without it one is simulated
 * @param context the context to use of the kubeconfig; its current one if null
 * @param namespace where the agents live on the cluster
 * @param properties properties of the services, which win over everything else
 */
public record UpSettings(
        Path data,
        int port,
        String bind,
        @Nullable Path kubeconfig,
        @Nullable String context,
        String namespace,
        Map<String, String> properties) {

    /** The property that tells the agents of a real cluster where their station is. */
    public static final String PUBLIC_URL = "station.provisioner.public-url";

    private static final int HIGHEST_PORT = 65_535;

    /** Checks what needs no look at the machine. */
    public UpSettings {
        if (port < 0 || port > HIGHEST_PORT) {
            throw new StationFailure("--port must be between 0 and " + HIGHEST_PORT + ", not " + port);
        }
        if (context != null && kubeconfig == null) {
            throw new StationFailure("--context " + context + " needs --kubeconfig: it names a context of that file");
        }
        properties = Map.copyOf(properties);
    }

    /** Refuses what cannot work on this machine and in this environment. */
    public void check(Map<String, String> environment) {
        address();
        if (kubeconfig == null) {
            return;
        }
        if (!Files.isReadable(kubeconfig)) {
            throw new StationFailure(
                    "--kubeconfig " + kubeconfig + " cannot be read: name a file that this user may read");
        }
        if (given(PUBLIC_URL, environment).isEmpty()) {
            throw new StationFailure("with --kubeconfig the agents run elsewhere and must be told how to reach this"
                    + " station: give its address, for example --set " + PUBLIC_URL + "=http://192.0.2.10:" + port);
        }
    }

    /** A property as given by {@code --set}, or else by the environment. */
    public Optional<String> given(String property, Map<String, String> environment) {
        String set = properties.get(property);
        return set != null ? Optional.of(set) : EnvironmentNames.find(property, environment);
    }

    /** The address on which the API listens. */
    public InetAddress address() {
        try {
            return InetAddress.getByName(bind);
        } catch (UnknownHostException e) {
            throw new StationFailure("--bind " + bind + " is no address of this machine", e);
        }
    }

    /** The files with which the API speaks TLS, if that is how it was asked for. */
    public Optional<TlsFiles> tls() {
        return TlsFiles.of(properties);
    }

    /**
     * Refuses to send credentials over a network in clear.
     *
     * @param insecure whether the person has said that it is meant
     */
    public void requireEncryption(boolean insecure) {
        if (isExposed() && !insecure) {
            throw new StationFailure("--bind " + bind + " would send keys and tokens over the network in clear: give"
                    + " --tls-cert and --tls-key, or --insecure if that is meant, for example behind a proxy that"
                    + " speaks TLS");
        }
    }

    /** Whether credentials may cross a network unencrypted. */
    public boolean isExposed() {
        return !address().isLoopbackAddress() && !isEncrypted();
    }

    /** Whether the API speaks TLS. */
    public boolean isEncrypted() {
        return properties.keySet().stream().anyMatch(name -> name.startsWith("server.ssl."));
    }

    /** The API's address for people and programs on this machine. */
    public String url(int actualPort) {
        InetAddress address = address();
        String host = address.isAnyLocalAddress() ? "127.0.0.1" : bracketed(address);
        return (isEncrypted() ? "https://" : "http://") + host + ":" + actualPort;
    }

    private static String bracketed(InetAddress address) {
        String text = address.getHostAddress();
        return text.contains(":") ? "[" + text + "]" : text;
    }
}
