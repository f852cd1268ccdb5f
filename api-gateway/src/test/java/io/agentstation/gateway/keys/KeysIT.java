package io.agentstation.gateway.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.gateway.Http;
import io.agentstation.gateway.Http.Answer;
import io.agentstation.gateway.Station;
import io.agentstation.store.keys.Grant;
import io.agentstation.store.keys.Role;
import io.agentstation.store.keys.Tier;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class KeysIT {

    private static final String KEYS = "/api/keys";

    private final Station station = Station.get();
    private final WorkspaceId workspace = Station.workspace();
    private final Http admin = station.http(workspace, "admin");

    @Test
    void aKeyIsShownOnceAndOpensWhatItsRoleSays() {
        Answer made = admin.post(KEYS, "{\"name\":\"ci\",\"role\":\"viewer\",\"tier\":\"pro\"}");

        assertThat(made.status()).isEqualTo(201);
        String keyId = made.body().path("key_id").asString();
        String key = made.body().path("key").asString();
        assertThat(key).matches("sta_" + keyId + "_[0-9A-Za-z]{39}");
        assertThat(made.header("Location")).contains(KEYS + "/" + keyId);
        assertThat(admin.as(key).get("/api/agents").status()).isEqualTo(200);
        assertThat(admin.as(key).post("/api/agents", "{}").status()).isEqualTo(403);

        JsonNode shown = admin.get(KEYS + "/" + keyId).body();
        assertThat(shown.path("name").asString()).isEqualTo("ci");
        assertThat(shown.path("role").asString()).isEqualTo("viewer");
        assertThat(shown.path("tier").asString()).isEqualTo("pro");
        assertThat(shown.path("workspace_id").asString()).isEqualTo(workspace.value());
        assertThat(shown.path("status").asString()).isEqualTo("live");
        String list = admin.get(KEYS).body().toString();
        assertThat(list).contains(keyId);
        assertThat(list + shown).doesNotContain(key).doesNotContain("hash").doesNotContain("\"key\"");
    }

    @Test
    void afterARotationTwoSecretsOpenAndNeverThree() {
        Answer made = admin.post(KEYS, "{\"name\":\"rotated\"}");
        String path = KEYS + "/" + made.body().path("key_id").asString();
        String first = made.body().path("key").asString();

        Answer second = admin.post(path + "/rotate", "{\"overlap_seconds\":3600}");
        assertThat(second.body().path("previous_secret_until").isNull()).isFalse();
        assertThat(opens(first, second.body().path("key").asString())).containsExactly(200, 200);

        Answer third = admin.post(path + "/rotate", "{\"overlap_seconds\":3600}");
        assertThat(opens(
                        first,
                        second.body().path("key").asString(),
                        third.body().path("key").asString()))
                .containsExactly(401, 200, 200);

        String only = admin.post(path + "/rotate", "{\"overlap_seconds\":0}")
                .body()
                .path("key")
                .asString();
        assertThat(opens(third.body().path("key").asString(), only)).containsExactly(401, 200);
    }

    @Test
    void aKeyEndsWhenItExpiresOrIsRevokedAndForGood() {
        Answer made = admin.post(KEYS, "{\"name\":\"ends\"}");
        String path = KEYS + "/" + made.body().path("key_id").asString();
        Instant tomorrow = Instant.now().plusSeconds(86_400);

        Answer changed = admin.send("PATCH", path, "{\"expires_at\":\"" + tomorrow + "\"}");
        assertThat(Instant.parse(changed.body().path("expires_at").asString()))
                .isBetween(tomorrow, tomorrow.plusMillis(1));
        assertThat(admin.send("PATCH", path, "{\"expires_at\":null}")
                        .body()
                        .path("expires_at")
                        .isNull())
                .isTrue();

        assertThat(admin.post(path + "/revoke", "").body().path("status").asString())
                .isEqualTo("revoked");
        assertThat(opens(made.body().path("key").asString())).containsExactly(401);
        assertThat(admin.delete(path).status()).as("again").isEqualTo(200);
        assertThat(admin.post(path + "/rotate", "").status()).isEqualTo(409);
        assertThat(admin.send("PATCH", path, "{\"name\":\"again\"}").status()).isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource({
        "'{}', name",
        "'{\"name\":\"\"}', name",
        "'{\"name\":7}', name",
        "'{\"name\":\"n\",\"role\":\"king\"}', role",
        "'{\"name\":\"n\",\"tier\":\"gold\"}', tier",
        "'{\"name\":\"n\",\"scopes\":[\"all\"]}', scopes",
        "'{\"name\":\"n\",\"scopes\":\"station\"}', scopes",
        "'{\"name\":\"n\",\"workspace_id\":\"Not A Label\"}', workspace_id",
        "'{\"name\":\"n\",\"expires_at\":\"2020-01-01T00:00:00Z\"}', expires_at",
        "'{\"name\":\"n\",\"expires_at\":\"soon\"}', expires_at"
    })
    void whatIsWrongIsNamed(String body, String field) {
        Answer answer = admin.post(KEYS, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.fields()).contains(field);
    }

    @Test
    void nobodyGainsByMakingOrRotatingAKey() {
        Http pro = station.http(Grant.of(workspace, Role.ADMIN, Tier.PRO));
        String unlimited = station.http(workspace, "station")
                .post(KEYS, "{\"name\":\"u\",\"tier\":\"unlimited\",\"scopes\":[\"station\"]}")
                .body()
                .path("key_id")
                .asString();

        assertThat(pro.post(KEYS, "{\"name\":\"n\",\"tier\":\"enterprise\"}").status())
                .isEqualTo(403);
        assertThat(pro.post(KEYS, "{\"name\":\"n\",\"scopes\":[\"station\"]}").status())
                .isEqualTo(403);
        assertThat(pro.post(KEYS, "{\"name\":\"n\",\"workspace_id\":\"default\"}")
                        .status())
                .isEqualTo(403);
        assertThat(pro.post(KEYS + "/" + unlimited + "/rotate", "").status()).isEqualTo(403);
        assertThat(pro.delete(KEYS + "/" + unlimited).status()).isEqualTo(403);
        assertThat(pro.post(KEYS, "{\"name\":\"n\",\"role\":\"admin\",\"tier\":\"pro\"}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void theStationMakesWorkspacesAndTheirFirstKeys() {
        Http owner = station.http(workspace, "station");
        String fresh = Station.workspace().value();

        assertThat(owner.post(KEYS, "{\"name\":\"n\",\"workspace_id\":\"" + fresh + "\"}")
                        .fields())
                .containsExactly("workspace_id");
        assertThat(owner.post("/api/workspaces", "{\"id\":\"" + fresh + "\",\"name\":\"Fresh\"}")
                        .status())
                .isEqualTo(201);
        assertThat(owner.post("/api/workspaces", "{\"id\":\"" + fresh + "\"}").status())
                .isEqualTo(409);
        String key = owner.post(KEYS, "{\"name\":\"n\",\"role\":\"admin\",\"workspace_id\":\"" + fresh + "\"}")
                .body()
                .path("key")
                .asString();

        JsonNode seen = admin.as(key).get("/api/workspaces").body();
        assertThat(seen.size()).isEqualTo(1);
        assertThat(seen.path(0).path("name").asString()).isEqualTo("Fresh");
        assertThat(owner.get("/api/workspaces").body().toString()).contains('"' + fresh + '"');
        assertThat(owner.get(KEYS + "?workspace_id=" + fresh).body().size()).isEqualTo(1);
        assertThat(admin.get(KEYS + "?workspace_id=" + fresh).status()).isEqualTo(404);
    }

    @Test
    void whatIsSentAgainWithItsIdempotencyKeyIsTheSameKey() {
        String body = "{\"name\":\"once\"}";
        Answer first = admin.post(KEYS, body, "Idempotency-Key", "make");
        Answer again = admin.post(KEYS, body, "Idempotency-Key", "make");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(admin.post(KEYS, "{\"name\":\"other\"}", "Idempotency-Key", "make")
                        .status())
                .isEqualTo(422);
        assertThat(opens(first.body().path("key").asString())).containsExactly(200);

        String path = KEYS + "/" + first.body().path("key_id").asString() + "/rotate";
        String rotated = key(admin.post(path, "", "Idempotency-Key", "turn"));
        assertThat(key(admin.post(path, "", "Idempotency-Key", "turn"))).isEqualTo(rotated);
        assertThat(opens(first.body().path("key").asString(), rotated)).containsExactly(200, 200);
        assertThat(key(admin.post(path, "", "Idempotency-Key", "turn again"))).isNotEqualTo(rotated);
        assertThat(key(admin.post(KEYS, body)))
                .as("without a key it is another")
                .isNotEqualTo(rotated);
    }

    @Test
    void aRepeatedChangeDoesNotUndoWhatCameAfterIt() {
        String path = KEYS + "/"
                + admin.post(KEYS, "{\"name\":\"first\"}").body().path("key_id").asString();
        String change = "{\"name\":\"second\"}";

        assertThat(named(admin.send("PATCH", path, change, "Idempotency-Key", "rename")))
                .isEqualTo("second");
        admin.send("PATCH", path, "{\"name\":\"third\"}");
        assertThat(named(admin.send("PATCH", path, change, "Idempotency-Key", "rename")))
                .isEqualTo("third");
        // Control: without the key it is another change.
        assertThat(named(admin.send("PATCH", path, change))).isEqualTo("second");

        admin.delete(path);
        assertThat(admin.send("PATCH", path, change, "Idempotency-Key", "rename")
                        .status())
                .as("it was done")
                .isEqualTo(200);
        assertThat(admin.send("PATCH", path, change).status()).isEqualTo(409);
    }

    @Test
    void theKeyOfAnEndStandsForThatEndOnly() {
        String path = KEYS + "/"
                + admin.post(KEYS, "{\"name\":\"ends\"}").body().path("key_id").asString();
        String other = KEYS + "/"
                + admin.post(KEYS, "{\"name\":\"stays\"}").body().path("key_id").asString();

        Answer first = admin.post(path + "/revoke", "", "Idempotency-Key", "end");
        assertThat(first.status()).isEqualTo(200);
        assertThat(admin.post(path + "/revoke", "", "Idempotency-Key", "end").body())
                .isEqualTo(first.body());
        assertThat(admin.delete(other, "Idempotency-Key", "end").status()).isEqualTo(422);
        assertThat(admin.post(other + "/revoke", "", "Idempotency-Key", "end").status())
                .isEqualTo(422);
        assertThat(admin.get(other).body().path("status").asString()).isEqualTo("live");
    }

    private static String named(Answer answer) {
        return answer.body().path("name").asString();
    }

    private static String key(Answer answer) {
        return answer.body().path("key").asString();
    }

    private List<Integer> opens(String... keys) {
        return Arrays.stream(keys)
                .map(key -> admin.as(key).get("/api/fleet").status())
                .toList();
    }
}
