package io.agentstation.webhooks.sending;

import io.agentstation.contracts.webhooks.SpecialAddresses;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Chooses the address to connect to: only when every address of the host is an ordinary one. A host that has one that is not
 * is refused altogether, for whoever controls its name could choose.
 */
final class AddressCheck {

    private final HostResolver resolver;
    private final boolean allowPrivateAddresses;

    AddressCheck(HostResolver resolver, boolean allowPrivateAddresses) {
        this.resolver = resolver;
        this.allowPrivateAddresses = allowPrivateAddresses;
    }

    /** One of the host's addresses; waits for a name server. */
    InetAddress choose(String host) throws SendingFailed {
        InetAddress[] addresses = resolve(host);
        for (InetAddress address : addresses) {
            if (!allowPrivateAddresses && SpecialAddresses.isSpecial(address)) {
                throw new SendingFailed(
                        "host " + host + " leads to a private or special address (" + address.getHostAddress()
                                + "), where nothing is sent unless station.webhooks.allow-private-addresses is true");
            }
        }
        return addresses[ThreadLocalRandom.current().nextInt(addresses.length)];
    }

    private InetAddress[] resolve(String host) throws SendingFailed {
        try {
            InetAddress[] addresses = resolver.resolve(host);
            if (addresses.length == 0) {
                throw new SendingFailed("host " + host + " has no address");
            }
            return addresses;
        } catch (UnknownHostException e) {
            throw new SendingFailed("host " + host + " is not known to any name server", e);
        }
    }
}
