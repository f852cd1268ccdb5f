package io.agentstation.standalone.settings;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The environment variables that set a property, by Spring's relaxed binding. */
final class EnvironmentNames {

    private EnvironmentNames() {}

    /** The value that the environment gives a property. */
    static Optional<String> find(String property, Map<String, String> environment) {
        return of(property).stream()
                .filter(environment::containsKey)
                .map(environment::get)
                .findFirst();
    }

    /** {@code station.key-file} is {@code STATION_KEYFILE}; {@code STATION_KEY_FILE} is accepted as well. */
    static List<String> of(String property) {
        String upper = property.toUpperCase(Locale.ROOT).replace('.', '_');
        return List.of(upper.replace("-", ""), upper.replace('-', '_'));
    }
}
