package io.agentstation.contracts.webhooks;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Addresses that lead to this machine, to its networks or to nobody, by IANA's registries of special-purpose addresses
 * (RFC 6890 and later). Of IPv6 only global unicast (2000::/3) is ordinary, and of that nothing that carries an IPv4 address
 * (6to4, Teredo): those would be a way around the rules for IPv4.
 */
public final class SpecialAddresses {

    private record Range(BigInteger network, int prefix, int bits) {

        static Range of(String cidr) {
            int slash = cidr.indexOf('/');
            byte[] address = literal(cidr.substring(0, slash));
            return new Range(
                    new BigInteger(1, address),
                    Integer.parseInt(cidr.substring(slash + 1)),
                    address.length * Byte.SIZE);
        }

        boolean holds(InetAddress address) {
            byte[] bytes = address.getAddress();
            int shift = bits - prefix;
            return bytes.length * Byte.SIZE == bits
                    && new BigInteger(1, bytes).shiftRight(shift).equals(network.shiftRight(shift));
        }
    }

    private static final List<Range> SPECIAL_IPV4 = ranges(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.31.196.0/24",
            "192.52.193.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "192.175.48.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");
    private static final Range GLOBAL_IPV6 = Range.of("2000::/3");
    private static final List<Range> SPECIAL_IPV6 =
            ranges("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20");

    private SpecialAddresses() {}

    /** Whether an address is anything but an ordinary one of the Internet; a mapped IPv4 address is that IPv4 address. */
    public static boolean isSpecial(InetAddress address) {
        if (address instanceof Inet4Address) {
            return SPECIAL_IPV4.stream().anyMatch(range -> range.holds(address));
        }
        return !GLOBAL_IPV6.holds(address) || SPECIAL_IPV6.stream().anyMatch(range -> range.holds(address));
    }

    private static List<Range> ranges(String... cidrs) {
        return List.of(cidrs).stream().map(Range::of).toList();
    }

    private static byte[] literal(String address) {
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an address: " + address, e);
        }
    }
}
