package io.agentstation.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstation.architecture.Sources;
import io.agentstation.contracts.heartbeats.HeartbeatMode;
import io.agentstation.contracts.policies.UnhealthyPolicy;
import io.agentstation.gateway.GatewaySettings;
import io.agentstation.liveness.silence.LivenessSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.convert.DurationStyle;

/** {@code docs/liveness.md} prints the numbers that the code has. */
class LivenessPageTest {

    private static final Pattern MODE = Pattern.compile("(?m)^\\| `([A-Z]+)` \\| (\\w+) \\| (\\w+) \\| (\\w+) \\|$");
    private static final Pattern PROPERTY = Pattern.compile("(?m)^\\| `(station\\.[a-z.-]+)` \\| (\\w+) \\| .+ \\|$");
    private static final Pattern ACTION = Pattern.compile("(?m)^\\| `([a-z]+)` \\| [^|]+ \\|$");

    private final String page = Sources.text(Sources.root().resolve("docs/liveness.md"));
    private final Binder nothingSet = new Binder(new MapConfigurationPropertySource(Map.of()));
    private final LivenessSettings liveness = nothingSet.bindOrCreate("station.liveness", LivenessSettings.class);
    private final Map<String, Record> settings = Map.of(
            "station.gateway",
            nothingSet.bindOrCreate("station.gateway", GatewaySettings.class),
            "station.liveness",
            liveness);

    private List<MatchResult> rows(Pattern pattern) {
        return pattern.matcher(page).results().toList();
    }

    @Test
    void everyModeHasItsIntervalAndItsGrace() {
        assertThat(rows(MODE))
                .extracting(row -> row.group(1))
                .containsExactlyElementsOf(
                        Arrays.stream(HeartbeatMode.values()).map(Enum::name).toList());
        assertThat(rows(MODE)).allSatisfy(row -> {
            HeartbeatMode mode = HeartbeatMode.valueOf(row.group(1));
            long interval = liveness.intervalMs(mode);
            long grace = liveness.graceMs(mode);
            assertThat(List.of(duration(row.group(2)), duration(row.group(3)), duration(row.group(4))))
                    .containsExactly(
                            Duration.ofMillis(interval), Duration.ofMillis(grace), Duration.ofMillis(interval + grace));
        });
    }

    @Test
    void everyPropertyExistsAndHasTheDefaultThatIsPrinted() {
        assertThat(rows(PROPERTY))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(setting(row.group(1))).isEqualTo(duration(row.group(2))));
    }

    @Test
    void everyActionIsExplained() {
        assertThat(rows(ACTION))
                .extracting(row -> row.group(1))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(UnhealthyPolicy.Action.values())
                        .map(UnhealthyPolicy.Action::wireName)
                        .toList());
        assertThat(page).contains("1 to " + UnhealthyPolicy.MOST_INTERVALS + " and 1 by default");
    }

    private static Duration duration(String text) {
        return DurationStyle.detectAndParse(text);
    }

    private Object setting(String property) {
        int dot = property.lastIndexOf('.');
        Record values = settings.get(property.substring(0, dot));
        assertThat(values).as(property).isNotNull();
        return Arrays.stream(values.getClass().getRecordComponents())
                .filter(component ->
                        DataObjectPropertyName.toDashedForm(component.getName()).equals(property.substring(dot + 1)))
                .map(component -> read(values, component))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no such property: " + property));
    }

    private static Object read(Record values, java.lang.reflect.RecordComponent component) {
        try {
            return component.getAccessor().invoke(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component.getName(), e);
        }
    }
}
