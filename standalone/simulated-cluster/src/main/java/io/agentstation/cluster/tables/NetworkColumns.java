package io.agentstation.cluster.tables;

import io.agentstation.cluster.objects.ClusterObject;
import java.util.List;
import java.util.stream.Collectors;

/** The columns of Services, Ingresses, NetworkPolicies and Certificates. */
final class NetworkColumns {

    static final List<Column> SERVICE = List.of(
            Column.NAME,
            Column.text("Type", service -> service.spec().path("type").asString("")),
            Column.text(
                    "Cluster-IP", service -> service.spec().path("clusterIP").asString(Words.NONE)),
            Column.text("External-IP", service -> Words.NONE),
            Column.text("Port(s)", NetworkColumns::ports),
            Column.AGE,
            Column.text("Selector", service -> Words.labels(service.spec().path("selector")))
                    .wide());

    static final List<Column> INGRESS = List.of(
            Column.NAME,
            Column.text(
                    "Class", ingress -> ingress.spec().path("ingressClassName").asString(Words.NONE)),
            Column.text("Hosts", NetworkColumns::hosts),
            Column.text("Address", NetworkColumns::address),
            Column.text("Ports", ingress -> ingress.spec().path("tls").isEmpty() ? "80" : "80, 443"),
            Column.AGE);

    static final List<Column> NETWORK_POLICY = List.of(
            Column.NAME,
            Column.text(
                    "Pod-Selector",
                    policy -> Words.labels(policy.spec().path("podSelector").path("matchLabels"))),
            Column.AGE);

    /** As cert-manager's custom resource definition has them. */
    static final List<Column> CERTIFICATE = List.of(
            Column.NAME,
            Column.text("Ready", certificate -> ready(certificate, "status")),
            Column.text(
                    "Secret",
                    certificate -> certificate.spec().path("secretName").asString("")),
            Column.text(
                            "Issuer",
                            certificate -> certificate
                                    .spec()
                                    .path("issuerRef")
                                    .path("name")
                                    .asString(""))
                    .wide(),
            Column.text("Status", certificate -> ready(certificate, "message")).wide(),
            Column.AGE);

    private NetworkColumns() {}

    private static String ports(ClusterObject service) {
        return Words.orNone(service.spec()
                .path("ports")
                .valueStream()
                .map(port ->
                        port.path("port").asInt(0) + "/" + port.path("protocol").asString("TCP"))
                .collect(Collectors.joining(",")));
    }

    private static String hosts(ClusterObject ingress) {
        String hosts = ingress.spec()
                .path("rules")
                .valueStream()
                .map(rule -> rule.path("host").asString("*"))
                .collect(Collectors.joining(","));
        return hosts.isEmpty() ? "*" : hosts;
    }

    private static String address(ClusterObject ingress) {
        return ingress.status()
                .path("loadBalancer")
                .path("ingress")
                .valueStream()
                .map(point -> point.path("ip").asString(""))
                .collect(Collectors.joining(","));
    }

    private static String ready(ClusterObject certificate, String field) {
        return certificate
                .status()
                .path("conditions")
                .valueStream()
                .filter(condition -> condition.path("type").asString("").equals("Ready"))
                .map(condition -> condition.path(field).asString(""))
                .findFirst()
                .orElse("");
    }
}
