// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.cluster;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** Where the cluster's ports are bound: never by accident where strangers are. */
final class BindAddress {

    private BindAddress() {}

    /**
     * The address that the configuration names.
     *
     * @throws StartException if it is none, or public and nobody said {@code i_know}
     */
    static InetAddress of(ClusterConfig config) {
        String host = config.bindHost();
        InetAddress address = resolve(host);
        if (!isPrivate(address) && !config.iKnow()) {
            throw new StartException("cluster.bind_host " + host + " is not a loopback or private address: whoever"
                    + " reaches it can read and forge everything; choose another, or set cluster.i_know.");
        }
        if (config.busPort() == 0 && !address.isLoopbackAddress()) {
            throw new StartException("cluster.bus_port must be fixed when cluster.bind_host (" + host
                    + ") is not loopback, so that a firewall can know it.");
        }
        return address;
    }

    /**
     * Makes sure that a port is free before anything is built on it.
     *
     * @throws StartException naming it, if it is not
     */
    static void requireFree(String key, InetAddress address, int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(address, port));
        } catch (IOException e) {
            throw new StartException(
                    "cannot listen on " + address.getHostAddress() + ":" + port + " (" + key + "): " + e.getMessage()
                            + ".",
                    e);
        }
    }

    /** Loopback, RFC 1918, unique local (fc00::/7) or carrier-grade NAT (100.64.0.0/10). */
    static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        return switch (address) {
            case Inet4Address ip4 ->
                ip4.isLoopbackAddress() || ip4.isSiteLocalAddress() || (bytes[0] == 100 && (bytes[1] & 0xc0) == 64);
            case Inet6Address ip6 -> ip6.isLoopbackAddress() || (bytes[0] & 0xfe) == 0xfc;
            default -> false;
        };
    }

    private static InetAddress resolve(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new StartException("cluster.bind_host " + host + " is unknown.", e);
        }
    }
}
