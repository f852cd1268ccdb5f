package io.agentstation.cluster.certificates;

import io.agentstation.cluster.events.Events;
import io.agentstation.cluster.objects.Change;
import io.agentstation.cluster.objects.ClusterObject;
import io.agentstation.cluster.objects.ObjectKey;
import io.agentstation.cluster.objects.ObjectStore;
import io.agentstation.cluster.objects.ResourceKind;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Simulates cert-manager: an Ingress with an issuer's annotation gets a Certificate for each Secret that its {@code tls}
 * names, and a Certificate gets that Secret after a moment. Like the real one, it leaves the Secret behind when the
 * Certificate goes, and makes it again when it alone is deleted.
 */
public final class Certificates {

    private final ObjectStore store;
    private final ScheduledExecutorService loop;
    private final Duration issuance;
    private final IngressShim shim;
    private final PendingCertificates pending;
    private final CertificateStatus statuses;
    private final Events.Source events;

    /** Which Secret each Certificate asks for. */
    private final Map<ObjectKey, ObjectKey> secrets = new ConcurrentHashMap<>();

    private final Set<String> beingIssued = new HashSet<>();

    /** @param issuance how long a certificate takes; also how often a pending one is tried again */
    public Certificates(
            ObjectStore store, ScheduledExecutorService loop, Events events, Clock clock, Duration issuance) {
        this.store = store;
        this.loop = loop;
        this.issuance = issuance;
        this.shim = new IngressShim(store, events.from("cert-manager-ingress-shim"));
        this.pending = new PendingCertificates(store);
        this.statuses = new CertificateStatus(clock);
        this.events = events.from("cert-manager-certificates");
    }

    /** Follows all changes from now on, beginning with what is there. */
    public void start() {
        store.listen(this::follow);
        store.all().forEach(this::look);
    }

    private void follow(Change change) {
        if (change.type() != Change.Type.DELETED) {
            look(change.object());
        } else if (change.object().kind().equals(ResourceKind.SECRET)) {
            ObjectKey gone = change.object().key();
            loop.execute(() -> secrets.entrySet().stream()
                    .filter(entry -> entry.getValue().equals(gone))
                    .flatMap(entry -> store.get(entry.getKey()).stream())
                    .forEach(this::reconcile));
        } else if (change.object().kind().equals(ResourceKind.CERTIFICATE)) {
            secrets.remove(change.object().key());
        }
    }

    private void look(ClusterObject object) {
        if (object.kind().equals(ResourceKind.INGRESS)) {
            loop.execute(() -> shim.reconcile(object.key()));
        } else if (object.kind().equals(ResourceKind.CERTIFICATE)) {
            secrets.put(object.key(), secret(object));
            loop.execute(() -> reconcile(object));
        }
    }

    private void reconcile(ClusterObject seen) {
        store.withUid(seen.uid()).filter(found -> !found.isDeleting()).ifPresent(certificate -> {
            if (store.get(secret(certificate)).isPresent()) {
                report(certificate, true);
            } else {
                report(certificate, false);
                begin(certificate);
            }
        });
    }

    private void begin(ClusterObject certificate) {
        if (beingIssued.add(certificate.uid())) {
            events.normal(certificate, "Issuing", CertificateStatus.ISSUING);
            later(certificate);
        }
    }

    private void later(ClusterObject certificate) {
        var unused =
                loop.schedule(() -> issue(certificate.uid()), Math.max(1, issuance.toMillis()), TimeUnit.MILLISECONDS);
    }

    private void issue(String uid) {
        Optional<ClusterObject> found = store.withUid(uid).filter(certificate -> !certificate.isDeleting());
        if (found.filter(pending::isPending).isPresent()) {
            later(found.get());
            return;
        }
        beingIssued.remove(uid);
        found.filter(certificate -> store.get(secret(certificate)).isEmpty()).ifPresent(certificate -> {
            var unused = store.create(
                    new ClusterObject(ResourceKind.SECRET, TlsSecret.of(certificate, secret(certificate))), false);
            events.normal(certificate, "Issuing", "The certificate has been successfully issued");
            report(certificate, true);
        });
    }

    private void report(ClusterObject certificate, boolean issued) {
        store.amend(certificate, json -> {
            json.set("status", statuses.of(new ClusterObject(certificate.kind(), json), issued));
            return json;
        });
    }

    private static ObjectKey secret(ClusterObject certificate) {
        return certificate
                .key()
                .sibling(
                        ResourceKind.SECRET,
                        certificate.spec().path("secretName").asString(""));
    }
}
