package io.agentstation.webhooks;

import io.agentstation.contracts.credentials.StationKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What every service of a station shares, {@code station.*}.
 *
 * @param keyFile holds the station key's text, with which the subscriptions' secrets are sealed
 */
@ConfigurationProperties("station")
record KeyFile(@Nullable Path keyFile) {

    StationKey key() {
        if (keyFile == null) {
            throw new IllegalArgumentException("station.key-file must name the file that holds the station key");
        }
        try {
            return StationKey.parse(Files.readString(keyFile));
        } catch (IOException e) {
            throw new UncheckedIOException("station.key-file cannot be read: " + keyFile, e);
        }
    }
}
