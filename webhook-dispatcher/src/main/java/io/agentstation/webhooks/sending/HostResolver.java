package io.agentstation.webhooks.sending;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Finds the addresses of a host; may wait for a name server. */
@FunctionalInterface
public interface HostResolver {

    /** All of its addresses, at least one. */
    InetAddress[] resolve(String host) throws UnknownHostException;
}
