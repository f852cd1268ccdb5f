package io.agentstation.gateway.keys;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.gateway.errors.RequestRefused;
import io.agentstation.gateway.idempotency.Ticket;
import io.agentstation.gateway.keys.ApiKeyMint.Minted;
import io.agentstation.gateway.keys.ApiKeyMint.Reminted;
import io.agentstation.store.keys.ApiKeys;
import io.agentstation.store.keys.Grant;
import io.agentstation.store.keys.StoredKey;
import io.agentstation.store.workspaces.Workspaces;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;

/**
 * Makes, shows, rotates and closes keys. Nobody gains by it: a key is made, changed or rotated only by one that has no
 * less in any way, and only the station scope reaches other workspaces.
 */
final class IssuedKeys {

    private static final int MOST = 1_000;

    private final ApiKeys keys;
    private final Workspaces workspaces;
    private final ApiKeyMint mint;
    private final KeyRing ring;
    private final InstantSource clock;

    IssuedKeys(ApiKeys keys, Workspaces workspaces, ApiKeyMint mint, KeyRing ring, InstantSource clock) {
        this.keys = keys;
        this.workspaces = workspaces;
        this.mint = mint;
        this.ring = ring;
        this.clock = clock;
    }

    /**
     * A new key; its text is in this answer and nowhere else. The same change again is the same key.
     *
     * @throws RequestRefused 403 when it had more than the caller's, 400 for a workspace that is not there, 409 when the
     *     workspace has 1,000 live ones
     */
    Minted create(Caller.User user, KeyForm.Wish wish, UUID change) {
        requireCovered(user, wish.grant());
        WorkspaceId workspace = wish.grant().workspace();
        if (!workspace.equals(user.workspace()) && workspaces.find(workspace).isEmpty()) {
            throw RequestRefused.invalid(
                    "workspace_id", "workspace_id names no workspace: make it with POST /api/workspaces first");
        }
        Minted minted = mint.mint(wish.grant(), wish.name(), wish.expiresAt(), change);
        Optional<StoredKey> before = keys.current(minted.stored().keyId());
        if (before.isPresent()) {
            return new Minted(minted.text(), before.get());
        }
        requireRoom(workspace);
        boolean unused = keys.insert(minted.stored());
        return new Minted(minted.text(), reread(minted.stored()));
    }

    private void requireRoom(WorkspaceId workspace) {
        Instant now = clock.instant();
        if (keys.of(workspace).stream().filter(key -> key.isLive(now)).count() >= MOST) {
            throw new RequestRefused(
                    HttpStatus.CONFLICT,
                    "too_many_keys",
                    "The workspace has " + MOST + " live keys already: revoke those that nobody uses");
        }
    }

    /**
     * The keys of a workspace, live or not, newest first.
     *
     * @throws RequestRefused 404 for a workspace that the caller does not reach
     */
    List<StoredKey> list(Caller.User user, WorkspaceId workspace) {
        if (!reaches(user, workspace)) {
            throw new RequestRefused(HttpStatus.NOT_FOUND, "workspace_not_found", "Workspace not found");
        }
        return keys.of(workspace).stream()
                .sorted(Comparator.comparing(StoredKey::createdAt).reversed().thenComparing(StoredKey::keyId))
                .toList();
    }

    /**
     * A key that the caller reaches.
     *
     * @throws RequestRefused 404 when there is none
     */
    StoredKey find(Caller.User user, String keyId) {
        // A whole key that stands here by mistake must not be asked for: Paxos would write it down.
        Optional<StoredKey> found = ApiKeyText.isId(keyId) ? keys.current(keyId) : Optional.empty();
        return found.filter(key -> reaches(user, key.grant().workspace()))
                .orElseThrow(() -> new RequestRefused(HttpStatus.NOT_FOUND, "key_not_found", "Key not found"));
    }

    /**
     * Gives it another name or end, once for each ticket.
     *
     * @throws RequestRefused 403 when it has more than the caller's, 409 when it is revoked
     */
    StoredKey change(Caller.User user, StoredKey key, KeyForm.Change change, Ticket ticket) {
        requireCovered(user, key.grant());
        if (!ticket.isDone()) {
            if (!keys.change(key, change.name(), change.expiresAt())) {
                throw revoked();
            }
            ticket.done();
        }
        return reread(key);
    }

    /**
     * A new secret; the former one goes on opening for a while. The same change again is the same secret.
     *
     * @throws RequestRefused 403 when it has more than the caller's, 409 when it is closed, or rotated at the same time
     */
    Minted rotate(Caller.User user, StoredKey key, Duration overlap, UUID change) {
        requireCovered(user, key.grant());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (!key.isLive(now)) {
            throw revoked();
        }
        Reminted fresh = mint.remint(key.keyId(), change);
        boolean wasDone = key.secrets().open(now).contains(fresh.hash());
        if (!wasDone && !keys.rotate(key, fresh.hash(), now.plus(overlap))) {
            throw new RequestRefused(
                    HttpStatus.CONFLICT,
                    "key_changed",
                    "The key was rotated or revoked at the same time: look at it again");
        }
        return new Minted(fresh.text(), reread(key));
    }

    /**
     * Closes it: at once here, within 5 s at every other gateway. Repeating it changes nothing.
     *
     * @throws RequestRefused 403 when it has more than the caller's
     */
    StoredKey revoke(Caller.User user, StoredKey key) {
        requireCovered(user, key.grant());
        boolean unused = keys.revoke(key, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        return reread(key);
    }

    private StoredKey reread(StoredKey key) {
        ring.forget(key.keyId());
        return keys.current(key.keyId())
                .orElseThrow(() -> new IllegalStateException("key " + key.keyId() + " is gone"));
    }

    private static boolean reaches(Caller.User user, WorkspaceId workspace) {
        return user.grant().station() || user.workspace().equals(workspace);
    }

    private static void requireCovered(Caller.User user, Grant grant) {
        if (!user.grant().covers(grant)) {
            throw RequestRefused.forbidden(
                    "Forbidden: a key can be made or changed only by one with no lower role and tier, for its own workspace; "
                            + "other workspaces and the station scope need the scope station");
        }
    }

    private static RequestRefused revoked() {
        return new RequestRefused(
                HttpStatus.CONFLICT, "key_revoked", "The key is revoked or has expired: make another");
    }
}
