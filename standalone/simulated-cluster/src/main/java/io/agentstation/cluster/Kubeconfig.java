package io.agentstation.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The file that tells kubectl and other clients where the cluster is. */
final class Kubeconfig {

    private Kubeconfig() {}

    static void write(Path file, URI server) {
        String text = """
                apiVersion: v1
                kind: Config
                clusters:
                - name: simulated
                  cluster:
                    server: %s
                users:
                - name: simulated
                  user: {}
                contexts:
                - name: simulated
                  context:
                    cluster: simulated
                    user: simulated
                    namespace: default
                current-context: simulated
                """.formatted(server);
        try {
            Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), ".kubeconfig", null);
            Files.writeString(fresh, text);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("writing the kubeconfig " + file, e);
        }
    }
}
