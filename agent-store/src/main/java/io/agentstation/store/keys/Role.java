package io.agentstation.store.keys;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a key may do in its workspace; each role may do what the ones before it may. */
public enum Role {
    /** Reads. */
    VIEWER,
    /** Creates and changes agents, webhooks and policies, and reports for agents. */
    MEMBER,
    /** Makes, rotates and revokes keys, and reads the audit log. */
    ADMIN;

    /** Its word in requests, answers and tables; it does not change. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it may do what this other role may. */
    public boolean covers(Role other) {
        return compareTo(other) >= 0;
    }

    /** The role with this word. */
    public static Optional<Role> parse(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }
}
