package io.agentstation.provisioner;

import io.agentstation.contracts.credentials.StationKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Which station this is; prefix {@code station}.
 *
 * @param id      made at the station's first start; a label's value on every object
 * @param keyFile the mounted file that holds the station key
 */
@ConfigurationProperties("station")
record StationSettings(String id, Path keyFile) {

    StationSettings(@Nullable String id, @Nullable Path keyFile) {
        if (id == null || !id.matches("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?")) {
            throw new IllegalArgumentException("station.id must be the value of a Kubernetes label: " + id);
        }
        if (keyFile == null) {
            throw new IllegalArgumentException("station.key-file must name the file that holds the station key");
        }
        this.id = id;
        this.keyFile = keyFile;
    }

    /** Reads the key file. */
    StationKey readKey() {
        try {
            return StationKey.parse(Files.readString(keyFile));
        } catch (IOException e) {
            throw new IllegalArgumentException("station.key-file cannot be read: " + keyFile, e);
        }
    }
}
