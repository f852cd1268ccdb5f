package io.agentstation.contracts.agents;

import java.util.regex.Pattern;

/** The rule for agent names: a DNS label (RFC 1123), 1 to 63 characters, lower case (reference 000, "DNS-Safe Names"). */
public final class AgentName {

    /** The longest name: a DNS label's length. */
    public static final int MAX_LENGTH = 63;

    private static final Pattern DNS_SAFE = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

    private AgentName() {}

    /** Whether the text can be an agent's name. */
    public static boolean isValid(String text) {
        return text.length() <= MAX_LENGTH && DNS_SAFE.matcher(text).matches();
    }
}
