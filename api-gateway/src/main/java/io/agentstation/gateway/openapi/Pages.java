package io.agentstation.gateway.openapi;

import io.agentstation.contracts.wire.Wire;
import io.agentstation.gateway.GatewaySettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.function.SingletonSupplier;

/** The document, and the files of Swagger UI: those that its page needs and no others. Nothing is read before it is asked for. */
final class Pages {

    private static final String HEAD = "document.yaml";
    private static final String PARTS = "classpath*:openapi/*.yaml";
    private static final String OWN = "openapi/ui/";
    private static final String WEBJAR = "META-INF/resources/webjars/swagger-ui/";
    private static final String WEBJAR_VERSION = "META-INF/maven/org.webjars/swagger-ui/pom.properties";
    private static final String HTML = "text/html;charset=utf-8";
    private static final String SCRIPT = "text/javascript;charset=utf-8";

    private final Map<String, Page> byPath;

    Pages(GatewaySettings settings) {
        this.byPath = Map.of(
                "/api/openapi.json", new Page("application/json", false, once(() -> document(settings))),
                "/api/docs", new Page(HTML, false, own("index.html")),
                "/api/docs/start.js", new Page(SCRIPT, false, own("start.js")),
                "/api/docs/swagger-ui.css", new Page("text/css;charset=utf-8", true, swagger("swagger-ui.css")),
                "/api/docs/swagger-ui-bundle.js", new Page(SCRIPT, true, swagger("swagger-ui-bundle.js")),
                "/api/docs/favicon-32x32.png", new Page("image/png", true, swagger("favicon-32x32.png")));
    }

    /** The page at this path, exactly as it was sent. */
    Optional<Page> at(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    private static Supplier<byte[]> once(Supplier<byte[]> made) {
        return SingletonSupplier.of(made);
    }

    private static Supplier<byte[]> own(String file) {
        return () -> read(new ClassPathResource(OWN + file));
    }

    // Not kept: 1.5 MB that hardly anybody asks for.
    private static Supplier<byte[]> swagger(String file) {
        return () -> read(new ClassPathResource(WEBJAR + version() + "/" + file));
    }

    private static String version() {
        Properties properties = new Properties();
        try (InputStream in = new ClassPathResource(WEBJAR_VERSION).getInputStream()) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("swagger-ui is not on the class path", e);
        }
        return properties.getProperty("version");
    }

    private static byte[] document(GatewaySettings settings) {
        Map<String, String> values = Map.of(
                "base-domain", settings.baseDomain(),
                "max-cpu", settings.maxCpu(),
                "max-memory", settings.maxMemory(),
                "max-replicas", Integer.toString(settings.maxReplicas()),
                "max-body", Long.toString(settings.maxBody().toBytes()),
                "max-create-body", Long.toString(settings.maxCreateBody().toBytes()));
        List<Resource> parts = new ArrayList<>(Arrays.asList(parts()));
        parts.removeIf(part -> HEAD.equals(part.getFilename()));
        parts.sort(Comparator.comparing(Resource::getFilename, Comparator.nullsFirst(Comparator.naturalOrder())));
        String head = text(new ClassPathResource("openapi/" + HEAD));
        return Wire.write(
                OpenApiDocument.assemble(head, parts.stream().map(Pages::text).toList(), values));
    }

    private static Resource[] parts() {
        try {
            return new PathMatchingResourcePatternResolver().getResources(PARTS);
        } catch (IOException e) {
            throw new UncheckedIOException("the parts of the OpenAPI document cannot be found", e);
        }
    }

    private static String text(Resource resource) {
        return new String(read(resource), StandardCharsets.UTF_8);
    }

    private static byte[] read(Resource resource) {
        try {
            return resource.getContentAsByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("a file of the API's description cannot be read: " + resource, e);
        }
    }
}
