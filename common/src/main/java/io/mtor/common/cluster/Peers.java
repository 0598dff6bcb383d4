// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The members that a process asks first. */
final class Peers {

    private static final int CONNECT_TIMEOUT_MILLIS = 500;
    private static final long PAUSE_NANOS = 100_000_000;

    private Peers() {}

    /** {@code host:port} of a member that may be written without its port. */
    static String withPort(ClusterConfig cluster, String member) {
        return member.matches(".*:\\d+") ? member : member + ":" + cluster.hazelcastPort();
    }

    /**
     * Waits until one of them listens, so that a process that must not found a cluster does not begin to.
     *
     * @throws StartException naming whom it asked, if none did within the limit
     */
    static void await(ClusterConfig cluster, InetAddress self) {
        if (cluster.kubernetesService() == null && cluster.members().isEmpty()) {
            throw new StartException("no cluster peer: cluster.members is empty, and this process must join others.");
        }
        long end = System.nanoTime() + cluster.peerLimit().toNanos();
        while (candidates(cluster, self).stream().noneMatch(Peers::listens)) {
            if (System.nanoTime() - end > 0) {
                throw new StartException("no cluster peer: " + asked(cluster) + " did not answer within "
                        + cluster.peerLimit().toMillis() + " ms.");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Whom we ask, in words. */
    static String asked(ClusterConfig cluster) {
        if (cluster.kubernetesService() != null) {
            return "service " + cluster.kubernetesService();
        }
        return String.join(", ", cluster.members());
    }

    private static List<InetSocketAddress> candidates(ClusterConfig cluster, InetAddress self) {
        if (cluster.kubernetesService() == null) {
            return cluster.members().stream()
                    .map(member -> withPort(cluster, member))
                    .map(member -> new InetSocketAddress(
                            member.substring(0, member.lastIndexOf(':')),
                            Integer.parseInt(member.substring(member.lastIndexOf(':') + 1))))
                    .toList();
        }
        try {
            return Arrays.stream(InetAddress.getAllByName(cluster.kubernetesService()))
                    .filter(address -> !address.equals(self))
                    .map(address -> new InetSocketAddress(address, cluster.hazelcastPort()))
                    .toList();
        } catch (UnknownHostException e) {
            return List.of(); // the service has no pod yet
        }
    }

    private static boolean listens(InetSocketAddress peer) {
        try (var socket = new Socket()) {
            socket.connect(peer, CONNECT_TIMEOUT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
