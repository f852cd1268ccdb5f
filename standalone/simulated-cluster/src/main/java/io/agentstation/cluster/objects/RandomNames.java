package io.agentstation.cluster.objects;

import java.util.random.RandomGenerator;

/** Suffixes for generated names, from Kubernetes' alphabet without vowels, so that no words appear. */
public final class RandomNames {

    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
    private static final int SUFFIX = 5;

    /** Generated names have at most 63 characters, so that they also fit into labels. */
    private static final int LONGEST_BASE = 63 - SUFFIX;

    private final RandomGenerator random;

    /** @param random must be thread-safe */
    public RandomNames(RandomGenerator random) {
        this.random = random;
    }

    /** The base, cut where it is too long, with five random characters behind it. */
    public String after(String base) {
        StringBuilder name = new StringBuilder(base.substring(0, Math.min(base.length(), LONGEST_BASE)));
        for (int i = 0; i < SUFFIX; i++) {
            name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return name.toString();
    }

    /** A number in the same alphabet, as in the pod-template-hash: one character for each decimal digit. */
    public static String encode(long number) {
        StringBuilder text = new StringBuilder();
        Long.toString(number).chars().forEach(digit -> text.append(ALPHABET.charAt(digit % ALPHABET.length())));
        return text.toString();
    }
}
