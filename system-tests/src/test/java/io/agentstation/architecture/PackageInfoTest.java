package io.agentstation.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every package says in a sentence what it is for, and that nothing in it is null unless it says so. */
class PackageInfoTest {

    private static final List<String> SOURCE_FOLDERS = List.of("src/main/java", "src/test/java");

    static List<String> modules() {
        return Sources.modules();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyPackageHasASentenceAndIsNullMarked(String module) throws IOException {
        Set<String> without = new TreeSet<>();
        for (Path directory : packages(module)) {
            if (!isDescribed(module, directory)) {
                without.add(directory.toString());
            }
        }

        assertThat(without).as("packages of %s without a package-info", module).isEmpty();
    }

    /** A package of the tests that is also one of the main sources is described there. */
    private static boolean isDescribed(String module, Path directory) {
        return SOURCE_FOLDERS.stream()
                .map(folder -> Sources.root().resolve(module).resolve(folder).resolve(directory + "/package-info.java"))
                .filter(Files::exists)
                .map(Sources::text)
                .anyMatch(text -> text.contains("@NullMarked") && text.contains("/**"));
    }

    private static Set<Path> packages(String module) throws IOException {
        Set<Path> packages = new TreeSet<>();
        for (String folder : SOURCE_FOLDERS) {
            Path sources = Sources.root().resolve(module).resolve(folder);
            if (Files.exists(sources)) {
                try (Stream<Path> files = Files.walk(sources)) {
                    files.filter(file -> file.toString().endsWith(".java"))
                            .map(file -> sources.relativize(file.resolveSibling("")))
                            .forEach(packages::add);
                }
            }
        }
        return packages;
    }
}
