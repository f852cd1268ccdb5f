package io.agentstation.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The arrows between the rooms (design, section 1), and no knots inside them. */
@AnalyzeClasses(packages = Rooms.BASE, importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {

    @ArchTest
    static final ArchRule NO_SERVICE_DEPENDS_ON_A_SERVICE = CompositeArchRule.of(Rooms.SERVICES.stream()
            .<ArchRule>map(service -> noClasses()
                    .that()
                    .resideInAPackage(Rooms.packagesOf(service))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(Rooms.packagesOf(others(service))))
            .toList());

    @ArchTest
    static final ArchRule ONLY_STANDALONE_KNOWS_THE_SERVICES = noClasses()
            .that()
            .resideInAnyPackage(Rooms.packagesOf(List.of("contracts", "store", "agent", "embedded", "cluster")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(Rooms.packagesOf(Rooms.SERVICES))
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage(Rooms.packagesOf("standalone"));

    @ArchTest
    static final ArchRule CONTRACTS_ARE_PURE_JAVA = classes()
            .that()
            .resideInAPackage(Rooms.packagesOf("contracts"))
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    Rooms.packagesOf("contracts"),
                    "java..",
                    "javax.crypto..",
                    "tools.jackson..",
                    "com.fasterxml.jackson.annotation..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule ONLY_AGENT_STORE_SPEAKS_CQL =
            only(List.of("store"), "com.datastax..").because("agent-store is the only home of CQL");

    @ArchTest
    static final ArchRule ONLY_THE_PROVISIONER_AND_THE_SIMULATED_CLUSTER_SPEAK_KUBERNETES = only(
                    List.of("provisioner", "cluster"), "io.fabric8..")
            .because("the provisioner is the only home of fabric8 and of cluster credentials");

    @ArchTest
    static final ArchRule THE_AGENT_IS_SMALL = noClasses()
            .that()
            .resideInAPackage(Rooms.packagesOf("agent"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "org.apache.kafka..", "com.datastax..", "io.fabric8..");

    @ArchTest
    static final ArchRule PACKAGES_OF_A_ROOM_ARE_FREE_OF_CYCLES = CompositeArchRule.of(Rooms.ALL.stream()
            .<ArchRule>map(room -> SlicesRuleDefinition.slices()
                    .assignedFrom(new PackagesOf(room))
                    .should()
                    .beFreeOfCycles())
            .toList());

    /** Without this the rules above would hold of nothing. */
    @ArchTest
    static void everyRoomIsOnTheClassPath(JavaClasses house) {
        Set<String> rooms = house.stream()
                .map(type -> type.getPackageName().split("\\.", -1))
                .filter(parts -> parts.length > 2)
                .map(parts -> parts[2])
                .collect(Collectors.toSet());
        assertThat(rooms).containsExactlyInAnyOrderElementsOf(Rooms.ALL);
    }

    private static ArchRule only(List<String> rooms, String library) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(Rooms.packagesOf(rooms))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }

    private static List<String> others(String service) {
        return Rooms.SERVICES.stream().filter(other -> !other.equals(service)).toList();
    }

    /** Each package of a room is a slice, the room's own package too. */
    private static final class PackagesOf implements SliceAssignment {

        private final String room;

        PackagesOf(String room) {
            this.room = Rooms.BASE + "." + room;
        }

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String name = type.getPackageName();
            return name.equals(room) || name.startsWith(room + ".")
                    ? SliceIdentifier.of(name)
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "packages of " + room;
        }
    }
}
