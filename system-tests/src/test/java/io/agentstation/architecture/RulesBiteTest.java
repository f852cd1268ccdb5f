package io.agentstation.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.agentstation.architecture.broken.CqlAnywhere;
import io.agentstation.architecture.broken.KubernetesAnywhere;
import io.agentstation.architecture.broken.ThingController;
import io.agentstation.architecture.broken.ThingDialect;
import io.agentstation.architecture.broken.ThingManager;
import io.agentstation.architecture.broken.UntypedSettings;
import io.agentstation.gateway.broken.NosyGateway;
import org.junit.jupiter.api.Test;

/** Negative control: each rule finds the class that breaks it. */
class RulesBiteTest {

    @Test
    void aServiceThatKnowsAnotherIsFound() {
        assertFinds(RoomsTest.NO_SERVICE_DEPENDS_ON_A_SERVICE, NosyGateway.class);
    }

    @Test
    void cqlOutsideTheStoreIsFound() {
        assertFinds(RoomsTest.ONLY_AGENT_STORE_SPEAKS_CQL, CqlAnywhere.class);
    }

    @Test
    void kubernetesOutsideItsRoomsIsFound() {
        assertFinds(
                RoomsTest.ONLY_THE_PROVISIONER_AND_THE_SIMULATED_CLUSTER_SPEAK_KUBERNETES, KubernetesAnywhere.class);
    }

    @Test
    void untypedConfigurationIsFound() {
        assertFinds(HouseStyleTest.CONFIGURATION_IS_TYPED_IN_FIELDS, UntypedSettings.class);
        assertFinds(HouseStyleTest.CONFIGURATION_IS_TYPED_IN_METHODS, UntypedSettings.class);
        assertFinds(HouseStyleTest.CONFIGURATION_IS_TYPED_IN_PARAMETERS, UntypedSettings.class);
    }

    @Test
    void anEmptyNameIsFound() {
        assertFinds(HouseStyleTest.NAMES_ARE_THE_FIELDS_WORDS, ThingManager.class);
    }

    @Test
    void aCallOfAControllerIsFound() {
        assertFinds(HouseStyleTest.CONTROLLERS_ARE_CALLED_BY_HTTP_ONLY, ThingController.class, ThingDialect.class);
    }

    private static void assertFinds(ArchRule rule, Class<?>... broken) {
        JavaClasses classes = new ClassFileImporter().importClasses(broken);
        assertThat(rule.allowEmptyShould(true).evaluate(classes).hasViolation())
                .as(rule.getDescription())
                .isTrue();
    }
}
