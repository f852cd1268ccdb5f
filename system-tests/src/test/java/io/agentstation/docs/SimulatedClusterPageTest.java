package io.agentstation.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.architecture.Sources;
import io.agentstation.cluster.ClusterSettings;
import io.agentstation.cluster.images.SimulatedImage;
import io.agentstation.standalone.cluster.ClusterProperties;
import io.agentstation.standalone.settings.UpSettings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/simulated-cluster.md} lists the images and the settings that the code has. */
class SimulatedClusterPageTest {

    private static final Pattern IMAGE = Pattern.compile("(?m)^\\| `(simulate/[a-z0-9-]+)` \\| [^|]+ \\|$");
    private static final Pattern SETTING = Pattern.compile("(?m)^\\| `(station\\.[a-z.-]+)` \\| (\\w+) \\| [^|]+ \\|$");

    private final String page = Sources.text(Sources.root().resolve("docs/simulated-cluster.md"));

    @Test
    void everyImageIsExplained() {
        assertThat(rows(IMAGE))
                .extracting(row -> row.group(1))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(SimulatedImage.values())
                        .map(SimulatedImage::repository)
                        .toList());
    }

    @Test
    void everySettingIsListedWithItsDefault() {
        Map<String, String> listed =
                rows(SETTING).stream().collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));

        assertThat(listed.keySet()).containsExactlyInAnyOrderElementsOf(ClusterProperties.names());
        assertThat(settings(listed)).isEqualTo(settings(Map.of()));
    }

    private static ClusterSettings settings(Map<String, String> set) {
        return ClusterProperties.read(
                new UpSettings(Path.of("nowhere"), 0, "127.0.0.1", null, null, "agents", set), Map.of());
    }

    private List<MatchResult> rows(Pattern pattern) {
        return pattern.matcher(page).results().toList();
    }
}
