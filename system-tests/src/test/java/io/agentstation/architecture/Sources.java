package io.agentstation.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The project's files, from the directory that this module is tested in. */
public final class Sources {

    private Sources() {}

    /** The root of the project. */
    public static Path root() {
        Path module =
                Path.of(System.getProperty("basedir", "")).toAbsolutePath().normalize();
        Path root = module.getParent();
        if (root == null || !Files.exists(root.resolve("contracts"))) {
            throw new IllegalStateException("not in a folder of the project: " + module);
        }
        return root;
    }

    /** The folders of the modules, as the root pom names them. */
    public static List<String> modules() {
        try {
            DocumentBuilderFactory xml = DocumentBuilderFactory.newInstance();
            xml.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            NodeList modules = xml.newDocumentBuilder()
                    .parse(root().resolve("pom.xml").toFile())
                    .getElementsByTagName("module");
            return Stream.iterate(0, i -> i < modules.getLength(), i -> i + 1)
                    .map(i -> modules.item(i).getTextContent().strip())
                    .toList();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalStateException("the root pom cannot be read", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file's text. */
    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
