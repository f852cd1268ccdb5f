package io.agentstation.gateway.agents;

import io.agentstation.contracts.agents.AgentSpec;
import io.agentstation.contracts.agents.Quantity;
import io.agentstation.contracts.agents.Resources;
import io.agentstation.contracts.agents.ResourcesPatch;
import io.agentstation.contracts.agents.SpecPatch;
import io.agentstation.gateway.GatewaySettings;
import io.agentstation.gateway.requests.JsonForm;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the body of a PATCH: what it names is changed, null removes what can be without; other fields are ignored. */
public final class UpdateForm {

    private static final List<String> CHANGEABLE =
            List.of("description", "image", "resources", "preset", "env", "labels");
    private static final List<String> FIXED = List.of("name", "port");
    private static final int MOST_LABELS = 64;

    private final ResourcesForm resources;
    private final ImageRules images;
    private final Resources most;

    /** With the station's maxima. */
    public UpdateForm(GatewaySettings settings) {
        this.resources = new ResourcesForm(Quantity.of(settings.maxCpu()), Quantity.of(settings.maxMemory()));
        this.images = new ImageRules(settings.allowedRegistries());
        this.most = new Resources("0", "0", settings.maxCpu(), settings.maxMemory());
    }

    /**
     * A change of a specification.
     *
     * @param patch       without variables
     * @param environment variables to set with their values, which are to be sealed; an empty optional removes the variable
     */
    public record Update(SpecPatch patch, SortedMap<String, Optional<String>> environment) {

        /** The values to seal. */
        public SortedMap<String, String> values() {
            SortedMap<String, String> values = new TreeMap<>();
            environment.forEach((name, value) -> value.ifPresent(text -> values.put(name, text)));
            return values;
        }

        /** The whole patch, its values sealed under this version. */
        public SpecPatch sealedAs(String version) {
            SortedMap<String, String> versions = new TreeMap<>();
            environment.forEach((name, value) -> versions.put(name, value.isPresent() ? version : ""));
            return new SpecPatch(
                    patch.description(),
                    patch.image(),
                    patch.resources(),
                    patch.labels(),
                    patch.onUnhealthy(),
                    versions);
        }

        /** Never the values. */
        @Override
        public String toString() {
            return "Update[" + patch + ", environment=" + environment.keySet() + "]";
        }
    }

    /**
     * The change that is asked for.
     *
     * @param current what it changes; empty when there is nothing, which is then said after what is wrong with the form
     * @throws io.agentstation.gateway.errors.RequestRefused 400 that names every field that is wrong
     */
    public Update read(JsonForm form, Optional<AgentSpec> current) {
        refuseWhatStays(form);
        Optional<String> description = form.has("description")
                ? Optional.of(CreateForm.description(form).orElse(""))
                : Optional.empty();
        Optional<String> image = images.read(form);
        Optional<ResourcesPatch> quantities =
                quantities(form, current.map(AgentSpec::resources).orElse(most));
        SortedMap<String, String> labels = LabelRules.readChanges(form);
        long labelsAfter = current.map(spec -> spec.patched(new SpecPatch(null, null, null, labels, null)))
                .map(spec -> spec.labels().size())
                .orElse(0);
        if (labelsAfter > MOST_LABELS) {
            form.problem("labels", "labels must be at most " + MOST_LABELS + ", there would be " + labelsAfter);
        }
        SortedMap<String, Optional<String>> environment = EnvironmentRules.readChanges(form);
        form.problems().refuseIfAny();
        SpecPatch patch =
                new SpecPatch(description.orElse(null), image.orElse(null), quantities.orElse(null), labels, null);
        return new Update(patch, environment);
    }

    private static void refuseWhatStays(JsonForm form) {
        if (form.has("replicas")) {
            form.problem("replicas", "replicas cannot be changed by PATCH: use POST .../scale");
        }
        for (String fixed : FIXED) {
            if (form.has(fixed)) {
                form.problem(fixed, fixed + " cannot be changed: create another agent");
            }
        }
        boolean changes = CHANGEABLE.stream().anyMatch(form::has);
        if (!changes && !form.has("replicas") && FIXED.stream().noneMatch(form::has)) {
            form.problem("", "Nothing to change: name at least one of " + String.join(", ", CHANGEABLE));
        }
    }

    /** Only what was named, so that what two clients change at once is merged; checked with what the rest is now. */
    private Optional<ResourcesPatch> quantities(JsonForm form, Resources current) {
        Optional<Resources> preset = CreateForm.preset(form);
        Optional<Resources> effective = resources.read(form, preset.orElse(current));
        return preset.isPresent()
                ? effective.map(ResourcesPatch::of)
                : effective.flatMap(checked -> resources.named(form, checked));
    }
}
