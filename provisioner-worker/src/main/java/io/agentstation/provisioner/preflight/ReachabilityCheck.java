package io.agentstation.provisioner.preflight;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.VersionInfo;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Whether the API server answers, trusts the credentials, and is of a version that the Station is made for. */
final class ReachabilityCheck {

    /** Minor versions of Kubernetes 1 that the Station is made for. */
    static final int OLDEST = 29;

    static final int NEWEST = 36;

    private static final int UNAUTHORIZED = 401;

    private ReachabilityCheck() {}

    static List<Finding> of(KubernetesClient client) {
        String server = client.getMasterUrl().toString();
        try {
            // Asked first: the version may be told to anyone, this only to a known user.
            client.raw("/api");
            return List.of(version(server, client.getKubernetesVersion()));
        } catch (KubernetesClientException e) {
            return List.of(Finding.fatal(sentence(server, e)));
        }
    }

    private static Finding version(String server, VersionInfo version) {
        String said = version.getGitVersion();
        int minor = minor(version.getMinor());
        if (!"1".equals(version.getMajor()) || minor < 0) {
            return Finding.warning("The cluster at " + server + " says that its version is " + said
                    + ", which the Station does not know: it was made for 1." + OLDEST + " to 1." + NEWEST
                    + "; see that an agent becomes ACTIVE before you rely on it");
        }
        if (minor < OLDEST) {
            return Finding.fatal("The cluster at " + server + " is Kubernetes " + said + ", older than 1." + OLDEST
                    + ", the oldest that the Station works with: upgrade the cluster, or use another one");
        }
        if (minor > NEWEST) {
            return Finding.warning("The cluster at " + server + " is Kubernetes " + said + ", newer than 1." + NEWEST
                    + ", the newest that the Station was tried with: see that an agent becomes ACTIVE before you rely on"
                    + " it");
        }
        return Finding.ok("The cluster at " + server + " answers and is Kubernetes " + said);
    }

    /** Some providers write {@code 29+}. */
    private static int minor(String text) {
        String digits = text == null ? "" : text.replaceFirst("\\D.*$", "");
        return digits.isEmpty() || digits.length() > 4 ? -1 : Integer.parseInt(digits);
    }

    private static String sentence(String server, KubernetesClientException e) {
        if (e.getCode() == UNAUTHORIZED) {
            return "The cluster at " + server + " does not accept the kubeconfig's credentials (HTTP 401: "
                    + FirstLine.of(e) + "): log in again, or ask its administrator for a new kubeconfig";
        }
        if (e.getCode() > 0) {
            return "The cluster at " + server + " answers HTTP " + e.getCode() + " (" + FirstLine.of(e)
                    + "): see that the kubeconfig's server is a Kubernetes API and that its user may use it";
        }
        if (isCausedBy(e, SSLException.class)) {
            return "The cluster at " + server + " cannot be trusted over TLS (" + FirstLine.of(e)
                    + "): put its certificate authority into the kubeconfig (certificate-authority-data), and see that"
                    + " the server's name is the one in its certificate";
        }
        if (isCausedBy(e, UnknownHostException.class)) {
            return "The cluster at " + server + " cannot be found: its host name is not known here (" + FirstLine.of(e)
                    + "); correct the kubeconfig's server, or the network that this machine is in";
        }
        if (isCausedBy(e, TimeoutException.class)) {
            return "The cluster at " + server
                    + " does not answer in time: see that it runs and that a firewall or VPN lets"
                    + " this machine reach it";
        }
        if (isCausedBy(e, ConnectException.class)) {
            return "The cluster at " + server + " cannot be reached (" + FirstLine.of(e)
                    + "): see that it runs, and that the kubeconfig's server is its address";
        }
        return "The cluster at " + server + " cannot be asked (" + FirstLine.of(e)
                + "): see that the kubeconfig's server is the address of a Kubernetes API";
    }

    private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> kind) {
        return Stream.iterate(failure, each -> each != null, Throwable::getCause)
                .anyMatch(kind::isInstance);
    }
}
