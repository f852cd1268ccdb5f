package io.agentstation.standalone.keys;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.gateway.keys.ApiKeyMint;
import io.agentstation.standalone.directory.DataDirectory;
import io.agentstation.store.keys.ApiKeys;
import io.agentstation.store.keys.Grant;
import io.agentstation.store.session.Store;
import io.agentstation.store.session.StoreSession;
import io.agentstation.store.session.StoreSettings;
import io.agentstation.store.workspaces.Workspace;
import io.agentstation.store.workspaces.Workspaces;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** API keys made at the console: the first one of a station, and further ones. */
public final class ConsoleKeys {

    /** The workspace of the first key. */
    public static final String WORKSPACE = "default";

    private ConsoleKeys() {}

    /**
     * Makes the first key unless its file is there; the station keeps only its hash. It opens everything: whoever can read
     * the file owns the machine.
     */
    public static void ensureFirst(DataDirectory data, String contactPoint) throws IOException {
        if (!Files.exists(data.apiKeyFile())) {
            data.writeApiKey(make(data.key(), contactPoint, Grant.ofTheStation(WorkspaceId.of(WORKSPACE))));
        }
    }

    /** Makes and stores a key, and its workspace when that is new; returns its text, which is kept nowhere. */
    public static String make(StationKey station, String contactPoint, Grant grant) {
        try (Store store = StoreSession.open(StoreSettings.at(contactPoint))) {
            ApiKeyMint.Minted key = new ApiKeyMint(station, Clock.systemUTC()).mint(grant, "made at the console");
            boolean unused = new Workspaces(store)
                    .insert(new Workspace(grant.workspace(), grant.workspace().value(), now(), null));
            if (!new ApiKeys(store).insert(key.stored())) {
                throw new IllegalStateException(
                        "a fresh key id is taken: " + key.stored().keyId());
            }
            return key.text();
        }
    }

    private static Instant now() {
        return Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
