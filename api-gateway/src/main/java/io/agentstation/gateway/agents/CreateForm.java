package io.agentstation.gateway.agents;

import io.agentstation.contracts.agents.AgentName;
import io.agentstation.contracts.agents.AgentSpec;
import io.agentstation.contracts.agents.HeartbeatSource;
import io.agentstation.contracts.agents.Quantity;
import io.agentstation.contracts.agents.Resources;
import io.agentstation.contracts.ids.WorkspaceId;
import io.agentstation.contracts.policies.UnhealthyPolicy;
import io.agentstation.gateway.GatewaySettings;
import io.agentstation.gateway.policies.PolicyForm;
import io.agentstation.gateway.requests.JsonForm;
import io.agentstation.gateway.requests.Problems;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/** Reads the body of a create; fields that it does not know are ignored. */
final class CreateForm {

    private static final int LONGEST_DESCRIPTION = 16 * 1024;

    private final ResourcesForm resources;
    private final ImageRules images;
    private final int maxReplicas;

    CreateForm(GatewaySettings settings) {
        this.resources = new ResourcesForm(Quantity.of(settings.maxCpu()), Quantity.of(settings.maxMemory()));
        this.images = new ImageRules(settings.allowedRegistries());
        this.maxReplicas = settings.maxReplicas();
    }

    /**
     * The agent that is asked for.
     *
     * @throws io.agentstation.gateway.errors.RequestRefused 400 that names every field that is wrong
     */
    Wish read(ObjectNode body, WorkspaceId workspace) {
        JsonForm form = JsonForm.of(body, new Problems());
        Optional<String> name = name(form);
        Optional<String> description = description(form);
        Optional<String> image = images.read(form);
        Optional<Resources> wanted = resources.read(form, preset(form).orElse(Resources.DEFAULT));
        Optional<Integer> replicas = form.integer("replicas", 0, maxReplicas);
        Optional<Integer> port = form.integer("port", 1, 65_535);
        SortedMap<String, String> labels = LabelRules.read(form);
        SortedMap<String, String> environment = EnvironmentRules.read(form);
        Optional<UnhealthyPolicy> policy = PolicyForm.read(form, UnhealthyPolicy.Action.values());
        Optional<HeartbeatSource> heartbeat = heartbeat(form);
        form.problems().refuseIfAny();
        AgentSpec spec = new AgentSpec(
                workspace,
                name.orElseThrow(),
                description.orElse(null),
                image.orElse(AgentSpec.DEFAULT_IMAGE),
                wanted.orElseThrow(),
                replicas.orElse(1),
                port.orElse(AgentSpec.DEFAULT_PORT),
                labels,
                new TreeSet<>(environment.keySet()),
                policy.orElse(UnhealthyPolicy.INHERIT),
                heartbeat.orElse(null));
        return new Wish(spec, environment);
    }

    /**
     * What a create asks for.
     *
     * @param environment with values, which are sealed before anything else is done with them
     */
    record Wish(AgentSpec spec, SortedMap<String, String> environment) {
        /** Never the values. */
        @Override
        public String toString() {
            return "Wish[" + spec + "]";
        }
    }

    private static Optional<String> name(JsonForm form) {
        Optional<String> name =
                form.value("name").flatMap(value -> value.stringValueOpt()).filter(text -> !text.isEmpty());
        if (name.isEmpty()) {
            form.problem("name", "Name is required");
        } else if (!AgentName.isValid(name.get())) {
            form.problem("name", "Name must be DNS-safe: lowercase alphanumeric and hyphens only");
        }
        return name;
    }

    static Optional<String> description(JsonForm form) {
        Optional<String> description = form.text("description");
        if (description.isPresent() && description.get().length() > LONGEST_DESCRIPTION) {
            form.problem("description", "description must be at most " + LONGEST_DESCRIPTION + " characters");
        }
        return description;
    }

    /** What the preset that is named gives; empty when none is, or when there is no such preset, which is then noted. */
    static Optional<Resources> preset(JsonForm form) {
        Optional<String> name = form.text("preset");
        Optional<Preset> preset = name.flatMap(Preset::of);
        if (name.isPresent() && preset.isEmpty()) {
            form.problem("preset", "Invalid preset. Must be one of: light, standard, heavy");
        }
        return preset.map(Preset::resources);
    }

    private static Optional<HeartbeatSource> heartbeat(JsonForm form) {
        Optional<String> named = form.text("heartbeat");
        Optional<HeartbeatSource> source = named.flatMap(text -> Arrays.stream(HeartbeatSource.values())
                .filter(known -> known.wireName().equals(text))
                .findFirst());
        if (named.isPresent() && source.isEmpty()) {
            form.problem("heartbeat", "Invalid heartbeat. Must be one of: agent, sidecar");
        }
        return source;
    }
}
