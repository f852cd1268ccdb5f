package io.agentstation.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;

/** The rules of the house style that a class file can break. */
@AnalyzeClasses(packages = Rooms.BASE, importOptions = ImportOption.DoNotIncludeTests.class)
class HouseStyleTest {

    private static final String VALUE = "org.springframework.beans.factory.annotation.Value";
    private static final List<String> REFUSED_ENDINGS =
            List.of("Impl", "Util", "Utils", "Helper", "Helpers", "Dto", "DTO", "Manager");
    private static final String CONTROLLER = "Controller";

    @ArchTest
    static final ArchRule CONFIGURATION_IS_TYPED_IN_FIELDS = noFields()
            .should()
            .beAnnotatedWith(VALUE)
            .because("configuration is read by @ConfigurationProperties records");

    @ArchTest
    static final ArchRule CONFIGURATION_IS_TYPED_IN_METHODS = noMethods()
            .should()
            .beAnnotatedWith(VALUE)
            .because("configuration is read by @ConfigurationProperties records");

    @ArchTest
    static final ArchRule CONFIGURATION_IS_TYPED_IN_PARAMETERS = ArchRuleDefinition.codeUnits()
            .should(haveNoParameterAnnotatedWithValue())
            .because("configuration is read by @ConfigurationProperties records");

    @ArchTest
    static final ArchRule NAMES_ARE_THE_FIELDS_WORDS = noClasses()
            .should()
            .haveSimpleName("Common")
            .orShould(haveARefusedEnding())
            .because("such a name says nothing of the domain");

    @ArchTest
    static final ArchRule CONTROLLERS_ARE_CALLED_BY_HTTP_ONLY = noClasses()
            .should()
            .callMethodWhere(aControllersMethodFromElsewhere())
            .because("a dialect calls the same application classes as the native controllers, never the controllers");

    private static ArchCondition<JavaClass> haveARefusedEnding() {
        return ArchCondition.from(new DescribedPredicate<>("have a name that ends with one of " + REFUSED_ENDINGS) {
            @Override
            public boolean test(JavaClass type) {
                return REFUSED_ENDINGS.stream().anyMatch(type.getSimpleName()::endsWith);
            }
        });
    }

    private static DescribedPredicate<JavaMethodCall> aControllersMethodFromElsewhere() {
        return new DescribedPredicate<>("the target is a controller and the origin another class") {
            @Override
            public boolean test(JavaMethodCall call) {
                return call.getTargetOwner().getSimpleName().endsWith(CONTROLLER)
                        && !outermost(call).equals(call.getTargetOwner());
            }
        };
    }

    private static JavaClass outermost(JavaAccess<?> access) {
        JavaClass type = access.getOriginOwner();
        while (type.getEnclosingClass().isPresent()) {
            type = type.getEnclosingClass().get();
        }
        return type;
    }

    private static ArchCondition<com.tngtech.archunit.core.domain.JavaCodeUnit> haveNoParameterAnnotatedWithValue() {
        return new ArchCondition<>("have no parameter annotated with @Value") {
            @Override
            public void check(com.tngtech.archunit.core.domain.JavaCodeUnit unit, ConditionEvents events) {
                boolean annotated =
                        unit.getParameters().stream().anyMatch(parameter -> parameter.isAnnotatedWith(VALUE));
                if (annotated) {
                    events.add(SimpleConditionEvent.violated(
                            unit, kind(unit) + " " + unit.getFullName() + " has a parameter annotated with @Value"));
                }
            }
        };
    }

    private static String kind(com.tngtech.archunit.core.domain.JavaCodeUnit unit) {
        return unit instanceof JavaConstructor ? "constructor" : "method";
    }
}
