package io.agentstation.store.session;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The text constants of compiled classes (JVMS 4.4): every CQL statement, however its source was folded or split. */
final class ConstantPool {

    private ConstantPool() {}

    /** Of every class in the directory or below that the marker class was loaded from. */
    static List<String> textsBeside(Class<?> marker) {
        try (Stream<Path> files = Files.walk(Path.of(URI.create(
                marker.getProtectionDomain().getCodeSource().getLocation().toString())))) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .flatMap(file -> texts(file).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> texts(Path file) {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            in.skipNBytes(8);
            int count = in.readUnsignedShort();
            List<String> texts = new ArrayList<>();
            for (int i = 1; i < count; i++) {
                i += readEntry(in, texts);
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    /** Reads one entry; returns how many slots it takes beyond its own. */
    private static int readEntry(DataInputStream in, List<String> texts) throws IOException {
        int tag = in.readUnsignedByte();
        switch (tag) {
            case 1 -> texts.add(in.readUTF());
            case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
            case 5, 6 -> {
                in.skipNBytes(8);
                return 1;
            }
            case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
            case 15 -> in.skipNBytes(3);
            default -> throw new IOException("unknown constant " + tag);
        }
        return 0;
    }
}
