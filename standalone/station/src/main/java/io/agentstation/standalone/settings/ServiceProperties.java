package io.agentstation.standalone.settings;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The properties given to every service: what the launcher knows, unless the environment says otherwise, and above all what
 * {@code --set} says.
 */
public final class ServiceProperties {

    private final Map<String, String> launcher = new LinkedHashMap<>();

    /** Adds what the launcher knows. */
    public ServiceProperties with(String property, Object value) {
        launcher.put(property, value.toString());
        return this;
    }

    /** All of them, by precedence. */
    public Map<String, Object> resolve(UpSettings settings, Map<String, String> environment) {
        Map<String, Object> properties = new LinkedHashMap<>();
        launcher.forEach((name, value) ->
                properties.put(name, EnvironmentNames.find(name, environment).orElse(value)));
        properties.putAll(settings.properties());
        return properties;
    }
}
