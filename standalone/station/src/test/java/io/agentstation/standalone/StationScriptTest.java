package io.agentstation.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Which Java {@code ./station} takes and what it gives to it, in a world of made-up JDKs. */
@DisabledOnOs(OS.WINDOWS)
class StationScriptTest {

    private record Said(int code, String text) {}

    @TempDir
    private Path directory;

    private final Map<String, String> environment = new TreeMap<>();

    @BeforeEach
    void makeWorld() throws IOException {
        Path script = Files.copy(Path.of("../../station"), directory.resolve("station"));
        assertThat(script.toFile().setExecutable(true)).isTrue();
        Path target = Files.createDirectories(directory.resolve("standalone/station/target"));
        Files.writeString(target.resolve("built"), "");
        environment.put("PATH", directory.resolve("path") + ":/usr/bin:/bin");
        environment.put("HOME", directory.resolve("home").toString());
        environment.put("STATION_JVM_DIRS", directory.resolve("jvm").toString());
        // Hides a java of this machine that is in the rest of the path.
        jdk("path-jdk", "17.0.1");
        Files.createDirectories(directory.resolve("path"));
        Files.createSymbolicLink(directory.resolve("path/java"), directory.resolve("path-jdk/bin/java"));
    }

    @Test
    void theOneInThePathWhenThereIsNoOther() throws Exception {
        assertThat(up().text()).startsWith("I am path-jdk");
    }

    @Test
    void theNewestOfTheDistribution() throws Exception {
        jdk("jvm/a-21", "21.0.2");
        jdk("jvm/b-25", "25.0.3");
        jdk("jvm/c-9", "9.0.4");
        assertThat(up().text()).startsWith("I am b-25");
    }

    @Test
    void theNewestOfSdkmanAsdfAndMacOs() throws Exception {
        jdk("home/.sdkman/candidates/java/22-open", "22");
        assertThat(up().text()).startsWith("I am 22-open");
        jdk("home/.asdf/installs/java/temurin-23", "23.0.1");
        assertThat(up().text()).startsWith("I am temurin-23");
        jdk("jvm/temurin-24.jdk/Contents/Home", "24.0.1");
        assertThat(up().text()).startsWith("I am Home");
    }

    @Test
    void javaHomeWinsEvenWhenItIsOlder() throws Exception {
        jdk("jvm/b-25", "25.0.3");
        environment.put("JAVA_HOME", jdk("mine", "17.0.9").toString());
        assertThat(up().text()).startsWith("I am mine");
    }

    @Test
    void aJavaHomeThatIsNoneIsSaid() throws Exception {
        environment.put("JAVA_HOME", directory.resolve("nowhere").toString());
        refused("there is no " + directory.resolve("nowhere") + "/bin/java: correct or unset it");
    }

    @Test
    void aJavaHomeThatIsTooOldIsSaid() throws Exception {
        environment.put("JAVA_HOME", jdk("old", "11.0.2").toString());
        refused("Java 17 or newer is needed; JAVA_HOME is " + directory.resolve("old") + ", version 11");
    }

    @Test
    void onlyOldJdksAreSaid() throws Exception {
        release("path-jdk", "1.8.0_402");
        jdk("jvm/a-11", "11.0.2");
        refused("Java 17 or newer is needed; the newest found is " + directory.resolve("jvm/a-11") + ", version 11");
    }

    @Test
    void aJdkWithoutAReleaseFileIsAsked() throws Exception {
        Files.delete(jdk("jvm/silent", "25").resolve("release"));
        Said said = up();
        assertThat(said.text()).startsWith("I am silent");
    }

    @Test
    void flagsAreGivenOnlyToAJdkThatKnowsThem() throws Exception {
        assertThat(up().text()).doesNotContain("--enable-native-access").contains("Station up --port 0");
        jdk("jvm/b-25", "25.0.3");
        assertThat(up().text())
                .contains("--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow")
                .doesNotContain("final-field")
                .contains("Station up --port 0");
    }

    @Test
    void aBuildPreparesQuickStartsForItsJavaAndOthersGoOnWithout() throws Exception {
        assertThat(up().text())
                .doesNotContain("SharedArchiveFile")
                .doesNotContain("station.archives")
                .doesNotContain("station.prepared");

        Said build = run("build");
        assertThat(build.text()).contains("Preparing quick starts with Java 17", "Prepared in");
        assertThat(build.code()).isZero();
        assertThat(Files.readString(archives().get(0).resolve("log"))).contains("-Dstation.prepared=");
        Path archive = archives().get(0).resolve("station.jsa");
        assertThat(up().text())
                .contains("-XX:SharedArchiveFile=" + archive, "-Dstation.archives=" + archive.getParent())
                .contains("-Dstation.prepared=" + archive.resolveSibling("servers"))
                .doesNotContain("recording");
        assertThat(run("build").text()).doesNotContain("Preparing");

        jdk("jvm/b-25", "25.0.3");
        assertThat(up().text()).contains("I am b-25").doesNotContain("SharedArchiveFile");
    }

    @Test
    void aStartThatFailsPreparesNothing() throws Exception {
        environment.put("NO_ARCHIVE", "1");

        Said build = run("build");

        assertThat(build.text()).contains("nothing could be prepared", "I am path-jdk");
        assertThat(build.code()).isEqualTo(1);
        assertThat(up().text()).doesNotContain("SharedArchiveFile");
    }

    private List<Path> archives() throws IOException {
        try (Stream<Path> found = Files.list(directory.resolve("standalone/station/target/archives"))) {
            return found.toList();
        }
    }

    private Said up() throws Exception {
        return run("up", "--port", "0");
    }

    private void refused(String words) throws Exception {
        Said said = up();
        assertThat(said.text()).startsWith("Agent Station: ").contains(words);
        assertThat(said.code()).isEqualTo(1);
    }

    private Said run(String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(directory.resolve("station").toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Said(process.waitFor(), text);
    }

    /** A JDK whose java says the name of its home and its arguments, and writes the archive that it is asked for. */
    private Path jdk(String name, String version) throws IOException {
        Path home = directory.resolve(name);
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, """
                #!/bin/sh
                if [ "$1" = -XshowSettings:properties ]; then
                  echo "    java.specification.version = %s"
                else
                  echo "I am %s: $*"
                  for flag in "$@"; do
                    case $flag in
                      -XX:ArchiveClassesAtExit=*) [ -n "$NO_ARCHIVE" ] || : > "${flag#*=}" ;;
                    esac
                  done
                fi
                """.formatted(version, home.getFileName()));
        assertThat(java.toFile().setExecutable(true)).isTrue();
        release(name, version);
        return home;
    }

    private void release(String name, String version) throws IOException {
        Files.writeString(directory.resolve(name).resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    }
}
