package io.agentstation.provisioner.cluster;

import io.agentstation.provisioner.objects.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is read of an object's metadata in an informer: who it is, whose agent's, whether it goes, which specification it has, of
 * {@code managedFields} what {@link Drift} looks at, and a pod's owner, whose events are its own. All objects of an agent carry the same labels, so these are interned.
 */
final class LeanMetadata {

    private LeanMetadata() {}

    static ObjectMeta of(HasMetadata object) {
        ObjectMeta whole = object.getMetadata();
        ObjectMeta lean = new ObjectMetaBuilder()
                .withName(whole.getName())
                .withNamespace(interned(whole.getNamespace()))
                .withUid(whole.getUid())
                .withResourceVersion(whole.getResourceVersion())
                .withGeneration(whole.getGeneration())
                .withDeletionTimestamp(whole.getDeletionTimestamp())
                .withOwnerReferences(object instanceof Pod ? whole.getOwnerReferences() : List.of())
                .withManagedFields(Drift.own(object))
                .build();
        lean.setLabels(labels(whole.getLabels()));
        return lean;
    }

    private static Map<String, String> labels(@Nullable Map<String, String> labels) {
        if (labels == null) {
            return Map.of();
        }
        return Stream.of(Labels.STATION, Labels.AGENT, Labels.PARTITION)
                .flatMap(label ->
                        Optional.ofNullable(labels.get(label)).map(value -> Map.entry(label, value.intern())).stream())
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static @Nullable String interned(@Nullable String text) {
        return text == null ? null : text.intern();
    }
}
