package io.agentstation.contracts.webhooks;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where webhooks may be sent, as far as the address itself tells: what its host resolves to is asked at every attempt.
 *
 * <p>A host that ends in a number must be an IPv4 address of four plain decimals: the other spellings (one decimal, octal,
 * hexadecimal) mean different addresses to different readers.
 *
 * @param allowHttp             whether plain http is allowed
 * @param allowPrivateAddresses whether {@link SpecialAddresses} are allowed
 */
public record WebhookUrl(boolean allowHttp, boolean allowPrivateAddresses) {

    /** The longest address that is taken. */
    public static final int LONGEST = 2_048;

    private static final int HIGHEST_PORT = 65_535;
    private static final String BYTE = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "(?:\\." + BYTE + "){3}");
    private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(?:.*\\.)?(?:\\d+|0[xX][0-9a-fA-F]*)\\.?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?\\.?");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9A-Fa-f:.]+]");

    /** What is wrong with an address, as the end of a sentence that begins with {@code url}; empty when it is fine. */
    public Optional<String> problem(String text) {
        if (text.length() > LONGEST) {
            return Optional.of("must be at most " + LONGEST + " characters");
        }
        try {
            return problem(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.of("must be an absolute URL: " + e.getReason());
        }
    }

    private Optional<String> problem(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !(allowHttp && scheme.equals("http"))) {
            return Optional.of(allowHttp ? "must begin with https:// or http://" : "must begin with https://");
        }
        if (url.getRawUserInfo() != null
                || (url.getRawAuthority() != null && url.getRawAuthority().contains("@"))) {
            return Optional.of("must not carry credentials: every request is signed instead");
        }
        if (url.getRawFragment() != null) {
            return Optional.of("must not have a fragment");
        }
        if (url.getPort() == 0 || url.getPort() > HIGHEST_PORT) {
            return Optional.of("must have a port from 1 to " + HIGHEST_PORT);
        }
        return url.getHost() == null
                ? Optional.of("must name a host: a DNS name, or an IP address in its usual form")
                : hostsProblem(url.getHost());
    }

    private Optional<String> hostsProblem(String host) {
        boolean literal = IPV4.matcher(host).matches() || IPV6.matcher(host).matches();
        if (!literal
                && (ENDS_IN_NUMBER.matcher(host).matches()
                        || !NAME.matcher(host).matches())) {
            return Optional.of("must name a host: a DNS name, or an IP address in its usual form");
        }
        return literal && !allowPrivateAddresses && isSpecial(host)
                ? Optional.of("must not lead to a private or special address: " + host)
                : Optional.empty();
    }

    // Never asks a name server: the host is a literal.
    private static boolean isSpecial(String literal) {
        try {
            return SpecialAddresses.isSpecial(InetAddress.getByName(literal));
        } catch (UnknownHostException e) {
            return true;
        }
    }
}
