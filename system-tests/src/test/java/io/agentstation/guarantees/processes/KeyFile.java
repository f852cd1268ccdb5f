package io.agentstation.guarantees.processes;

import io.agentstation.contracts.credentials.StationKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/** The station's secret, as its services read it. */
public final class KeyFile {

    private KeyFile() {}

    /** Makes a key and writes it to the file. */
    public static StationKey write(Path file) throws IOException {
        byte[] secret = new byte[StationKey.LENGTH];
        new SecureRandom().nextBytes(secret);
        Files.writeString(file, StationKey.format(secret));
        return StationKey.parse(StationKey.format(secret));
    }
}
