package io.agentstation.provisioner.objects;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What all manifests of a station share.
 *
 * @param stationId     on every object, so that stations can share a cluster
 * @param namespace     where agents live
 * @param domain        an agent answers at {@code <name>.<domain>}
 * @param publicUrl     where agents reach the Station
 * @param clusterIssuer of cert-manager, or null: then no certificate is asked for
 * @param ingressClass  or null: the cluster's default
 * @param externalDns   where external-dns is to point the agents' hosts, or null: it is not asked to
 * @param sidecarImage  of the station-agent that reports for images which cannot
 */
public record ManifestSettings(
        String stationId,
        String namespace,
        String domain,
        URI publicUrl,
        @Nullable String clusterIssuer,
        @Nullable String ingressClass,
        @Nullable String externalDns,
        String sidecarImage) {}
