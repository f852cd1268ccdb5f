package io.agentstation.store.keys;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How much a key may ask for; each tier more than the ones before it. The figures are the gateway's. */
public enum Tier {
    FREE,
    PRO,
    ENTERPRISE,
    UNLIMITED;

    /** Its word in requests, answers and tables; it does not change. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The tier with this word. */
    public static Optional<Tier> parse(String word) {
        return Arrays.stream(values()).filter(tier -> tier.word().equals(word)).findFirst();
    }
}
