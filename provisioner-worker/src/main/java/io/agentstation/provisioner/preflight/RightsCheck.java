package io.agentstation.provisioner.preflight;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks the cluster, right by right, whether the kubeconfig's user has it (SelfSubjectAccessReview). */
final class RightsCheck {

    private final KubernetesClient client;
    private final String namespace;

    RightsCheck(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** One for each right that is missing; or one that says that none is. */
    List<Finding> findings() {
        List<Finding> missing = new ArrayList<>();
        try {
            for (Right right : RequiredRights.ALL) {
                if (!isAllowed(right, namespace)) {
                    missing.add(Finding.fatal(sentence(right)));
                }
            }
        } catch (KubernetesClientException e) {
            missing.add(Finding.warning("The cluster does not say what the kubeconfig's user may do (" + FirstLine.of(e)
                    + "): see with kubectl auth can-i --list -n " + namespace + " whether it may make Deployments,"
                    + " Services, Ingresses, Secrets and ConfigMaps"));
        }
        return missing.isEmpty()
                ? List.of(Finding.ok("The kubeconfig's user has all " + RequiredRights.ALL.size()
                        + " rights that the Station needs in namespace " + namespace))
                : missing;
    }

    /** Whether the user may make the namespace. */
    boolean mayMakeNamespace() {
        return isAllowed(RequiredRights.MAKE_NAMESPACE, null);
    }

    private boolean isAllowed(Right right, @Nullable String in) {
        SelfSubjectAccessReview asked = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withGroup(right.group())
                .withResource(right.mainResource())
                .withSubresource(right.subresource())
                .withVerb(right.verb())
                .withNamespace(in)
                .endResourceAttributes()
                .endSpec()
                .build();
        SelfSubjectAccessReview answered =
                client.authorization().v1().selfSubjectAccessReview().create(asked);
        return answered.getStatus() != null
                && Boolean.TRUE.equals(answered.getStatus().getAllowed());
    }

    private String sentence(Right right) {
        return "The kubeconfig's user may not " + right.verb() + " " + right.qualifiedResource() + " in namespace "
                + namespace + ": let the cluster's administrator grant it, until kubectl auth can-i " + right.verb()
                + " "
                + right.qualifiedResource() + " -n " + namespace + " says yes";
    }
}
