package io.agentstation.standalone.keys;

import io.agentstation.contracts.credentials.StationKey;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.gateway.keys.ApiKeyMint;
import io.agentstation.standalone.directory.DataDirectory;
import io.agentstation.store.keys.ApiKeys;
import io.agentstation.store.session.Store;
import io.agentstation.store.session.StoreSession;
import io.agentstation.store.session.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.UUID;

/** API keys made at the console: the first one of a station, and further ones. */
public final class ConsoleKeys {

    /** The workspace of the first key. */
    public static final String WORKSPACE = "default";

    /** The role of the first key: whoever can read its file owns the machine. */
    public static final String ROLE = "station";

    private static final String TIER = "unlimited";

    private ConsoleKeys() {}

    /** Makes the first key unless its file is there; the station keeps only its hash. */
    public static void ensureFirst(DataDirectory data, String contactPoint) throws IOException {
        if (!Files.exists(data.apiKeyFile())) {
            data.writeApiKey(make(data.key(), contactPoint, WorkspaceId.of(WORKSPACE), ROLE));
        }
    }

    /** Makes and stores a key; returns its text, which is kept nowhere. */
    public static String make(StationKey station, String contactPoint, WorkspaceId workspace, String role) {
        try (Store store = StoreSession.open(StoreSettings.at(contactPoint))) {
            ApiKeyMint.Minted key = new ApiKeyMint(station, Clock.systemUTC())
                    .mint(workspace, role, TIER, UUID.randomUUID(), "made at the console");
            new ApiKeys(store).insert(key.stored());
            return key.text();
        }
    }
}
