package io.agentstation.gateway.keys;

import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.GatewaySettings;
import io.agentstation.gateway.idempotency.RepeatedRequests;
import io.agentstation.gateway.idempotency.Ticket;
import io.agentstation.gateway.keys.ApiKeyMint.Minted;
import io.agentstation.gateway.requests.JsonForm;
import io.agentstation.gateway.requests.Problems;
import io.agentstation.gateway.requests.QueryForm;
import io.agentstation.gateway.requests.RequestBodies;
import io.agentstation.store.keys.StoredKey;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/keys}: the API keys of a workspace, for its admins. */
@RestController
@RequestMapping(KeysController.PATH)
final class KeysController {

    static final String PATH = "/api/keys";

    private final IssuedKeys keys;
    private final RepeatedRequests repeats;
    private final GatewaySettings settings;
    private final InstantSource clock;

    KeysController(IssuedKeys keys, RepeatedRequests repeats, GatewaySettings settings, InstantSource clock) {
        this.keys = keys;
        this.repeats = repeats;
        this.settings = settings;
        this.clock = clock;
    }

    @PostMapping
    ResponseEntity<KeyView> create(@RequestAttribute(Caller.ATTRIBUTE) Caller caller, HttpServletRequest request) {
        Caller.User user = caller.user();
        ObjectNode body = RequestBodies.object(request, settings.maxBody());
        KeyForm.Wish wish = KeyForm.wish(form(body), user.workspace(), clock.instant());
        UUID change = repeats.of(request, user.workspace(), body).id();
        Minted minted = keys.create(user, wish, change);
        return ResponseEntity.created(URI.create(PATH + "/" + minted.stored().keyId()))
                .body(KeyView.of(minted.stored(), clock.instant(), minted.text()));
    }

    @GetMapping
    List<KeyView> list(
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller, @RequestParam MultiValueMap<String, String> parameters) {
        Caller.User user = caller.user();
        Problems problems = new Problems();
        Optional<WorkspaceId> asked = QueryForm.of(parameters, problems)
                .read("workspace_id", WorkspaceId::parse, "1 to 63 lower-case letters, digits and hyphens");
        problems.refuseIfAny();
        return keys.list(user, asked.orElse(user.workspace())).stream()
                .map(this::view)
                .toList();
    }

    @GetMapping("/{key_id}")
    KeyView one(@PathVariable("key_id") String keyId, @RequestAttribute(Caller.ATTRIBUTE) Caller caller) {
        return view(keys.find(caller.user(), keyId));
    }

    @PatchMapping("/{key_id}")
    KeyView change(
            @PathVariable("key_id") String keyId,
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            HttpServletRequest request) {
        ObjectNode body = RequestBodies.object(request, settings.maxBody());
        StoredKey key = keys.find(caller.user(), keyId);
        KeyForm.Change change = KeyForm.change(form(body), key, clock.instant());
        Ticket ticket = repeats.ticket(request, caller.user().workspace(), body);
        return view(keys.change(caller.user(), key, change, ticket));
    }

    @PostMapping("/{key_id}/rotate")
    KeyView rotate(
            @PathVariable("key_id") String keyId,
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            HttpServletRequest request) {
        ObjectNode body = RequestBodies.optionalObject(request, settings.maxBody());
        Duration overlap = KeyForm.overlap(form(body));
        StoredKey key = keys.find(caller.user(), keyId);
        UUID change = repeats.of(request, caller.user().workspace(), body).id();
        Minted rotated = keys.rotate(caller.user(), key, overlap, change);
        return KeyView.of(rotated.stored(), clock.instant(), rotated.text());
    }

    @PostMapping("/{key_id}/revoke")
    KeyView revoke(
            @PathVariable("key_id") String keyId,
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            HttpServletRequest request) {
        return end(keyId, caller.user(), request);
    }

    @DeleteMapping("/{key_id}")
    KeyView delete(
            @PathVariable("key_id") String keyId,
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            HttpServletRequest request) {
        return end(keyId, caller.user(), request);
    }

    private KeyView end(String keyId, Caller.User user, HttpServletRequest request) {
        StoredKey key = keys.find(user, keyId);
        // Nothing is derived from it, and an end can be repeated anyhow: the key is bound so that it stands for nothing
        // else.
        var unused = repeats.ticket(request, user.workspace(), Wire.mapper().createObjectNode());
        return view(keys.revoke(user, key));
    }

    private KeyView view(StoredKey key) {
        return KeyView.of(key, clock.instant());
    }

    private static JsonForm form(ObjectNode body) {
        return JsonForm.of(body, new Problems());
    }
}
