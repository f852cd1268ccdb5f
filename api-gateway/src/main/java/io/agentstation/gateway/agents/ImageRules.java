package io.agentstation.gateway.agents;

import io.agentstation.gateway.requests.JsonForm;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What may be run: any well-formed image reference; where the station names allowed registries, only theirs.
 *
 * @param allowedRegistries registries, or registries with a path ({@code ghcr.io/acme}); empty allows all
 * @see <a href="https://github.com/distribution/reference">the grammar of image references</a>
 */
record ImageRules(List<String> allowedRegistries) {

    private static final String FIELD = "image";
    private static final int LONGEST = 512;
    private static final String DEFAULT_REGISTRY = "docker.io";
    private static final Pattern REFERENCE =
            Pattern.compile("(?:(?:[a-zA-Z0-9](?:[-a-zA-Z0-9.]*[a-zA-Z0-9])?)(?::\\d{1,5})?/)?"
                    + "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*"
                    + "(?::\\w[\\w.-]{0,127})?(?:@[A-Za-z][A-Za-z0-9+.-]*:[0-9a-fA-F]{32,128})?");

    /** The image asked for, if one is and it may be run; what is wrong is noted. */
    Optional<String> read(JsonForm form) {
        Optional<String> image = form.text(FIELD);
        if (image.isPresent() && !isReference(image.get())) {
            form.problem(FIELD, "image must be a container image reference, for example registry/name:tag");
        } else if (image.isPresent() && !isAllowed(image.get())) {
            form.problem(FIELD, "Image must be from an allowed registry: " + String.join(", ", allowedRegistries));
        }
        return image;
    }

    private static boolean isReference(String image) {
        return image.length() <= LONGEST && REFERENCE.matcher(image).matches();
    }

    private boolean isAllowed(String image) {
        String whole = qualified(image);
        return allowedRegistries.isEmpty()
                || allowedRegistries.stream().anyMatch(registry -> whole.startsWith(registry + "/"));
    }

    /** With the registry and path that a short reference leaves out. */
    private static String qualified(String image) {
        int slash = image.indexOf('/');
        String first = slash < 0 ? "" : image.substring(0, slash);
        if (first.contains(".") || first.contains(":") || first.equals("localhost")) {
            return image;
        }
        return DEFAULT_REGISTRY + "/" + (slash < 0 ? "library/" : "") + image;
    }
}
