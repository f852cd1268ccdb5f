package io.agentstation.gateway;

import io.agentstation.contracts.credentials.StationKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What a station's services share as files.
 *
 * @param keyFile holds the station key, base64 of 32 bytes
 */
@ConfigurationProperties("station")
record StationFiles(Path keyFile) {

    StationFiles {
        if (!Files.isReadable(keyFile)) {
            throw new IllegalArgumentException("station.key-file is not a file that can be read: " + keyFile);
        }
    }

    StationKey key() {
        try {
            return StationKey.parse(Files.readString(keyFile));
        } catch (IOException e) {
            throw new UncheckedIOException("station.key-file cannot be read: " + keyFile, e);
        }
    }
}
