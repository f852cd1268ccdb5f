package io.agentstation.gateway.clients;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of addresses (RFC 4632, RFC 4291): {@code 10.0.0.0/8}, {@code fd00::/8}, or one address.
 *
 * @param first  an address in it
 * @param prefix how many of its bits all have in common
 */
record Network(InetAddress first, int prefix) {

    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    // The JDK takes what has a colon for an address, never for a name to be looked up.
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F.]*:[0-9a-fA-F:.]*");

    /**
     * Reads its text.
     *
     * @throws IllegalArgumentException when it is none
     */
    static Network of(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        InetAddress first = address(address).orElseThrow(() -> none(text));
        int bits = first.getAddress().length * Byte.SIZE;
        String digits = slash < 0 ? String.valueOf(bits) : text.substring(slash + 1);
        if (!digits.matches("\\d{1,3}") || Integer.parseInt(digits) > bits) {
            throw none(text);
        }
        return new Network(first, Integer.parseInt(digits));
    }

    private static IllegalArgumentException none(String text) {
        return new IllegalArgumentException(
                "a network is an address and a prefix length, such as 10.0.0.0/8 or fd00::/8: " + text);
    }

    /** The address that a text spells; names are never looked up. */
    static Optional<InetAddress> address(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            // Looks like an IPv6 address and is none.
            return Optional.empty();
        }
    }

    /** Whether the address lies in it. */
    boolean contains(InetAddress address) {
        byte[] one = first.getAddress();
        byte[] other = address.getAddress();
        if (one.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 1 << (Byte.SIZE - 1 - bit % Byte.SIZE);
            if (((one[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
