package io.agentstation.embedded.process;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.random.RandomGenerator;

/**
 * Chooses loopback ports by name and remembers them in a file, so that addresses stay valid across restarts as long as
 * nobody else has taken the port.
 */
public final class Ports {

    /** Below the ephemeral range of Linux (from 32768) and of others (from 49152): no outgoing connection takes one. */
    private static final int LOWEST = 20_000;

    private static final int HIGHEST = 32_000;
    private static final int ATTEMPTS = 1_000;

    private final Path file;
    private final RandomGenerator random;

    /** Ports remembered in this file. */
    public Ports(Path file) {
        this(file, RandomGenerator.getDefault());
    }

    Ports(Path file, RandomGenerator random) {
        this.file = file;
        this.random = random;
    }

    /** One free port per name: the remembered one when it is free, otherwise another; written to the file. */
    public Map<String, Integer> choose(List<String> names) throws IOException {
        Map<String, Integer> remembered = remembered();
        Map<String, Integer> chosen = new LinkedHashMap<>();
        for (String name : names) {
            Integer before = remembered.get(name);
            boolean keep = before != null && !chosen.containsValue(before) && isFree(before);
            chosen.put(name, keep && before != null ? before : another(chosen));
        }
        if (!chosen.equals(remembered)) {
            remember(chosen);
        }
        return chosen;
    }

    /** Whether every remembered port is free at this moment. */
    boolean areFree() throws IOException {
        return remembered().values().stream().allMatch(Ports::isFree);
    }

    private int another(Map<String, Integer> taken) throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            int port = random.nextInt(LOWEST, HIGHEST);
            if (!taken.containsValue(port) && isFree(port)) {
                return port;
            }
        }
        throw new IOException("no free port between " + LOWEST + " and " + HIGHEST + " on the loopback address");
    }

    /** Whether a server could listen on this loopback port now. */
    public static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private Map<String, Integer> remembered() throws IOException {
        Map<String, Integer> ports = new LinkedHashMap<>();
        if (Files.exists(file)) {
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            }
            properties.stringPropertyNames().forEach(name -> number(properties, name, ports));
        }
        return ports;
    }

    private static void number(Properties properties, String name, Map<String, Integer> ports) {
        String text = properties.getProperty(name);
        if (text.matches("\\d{1,5}") && Integer.parseInt(text) <= 65_535) {
            ports.put(name, Integer.valueOf(text));
        }
    }

    private void remember(Map<String, Integer> ports) throws IOException {
        StringWriter text = new StringWriter();
        ports.forEach((name, port) ->
                text.append(name).append('=').append(String.valueOf(port)).append('\n'));
        WholeFile.write(file, text.toString());
    }
}
