// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import io.mtor.common.edge.HostKey;
import io.mtor.common.protocol.Trust;
import io.mtor.common.protocol.WorkerId;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Who this host is.
 *
 * @param prefix what the ids of its workers begin with: the name and a mark, which is random or comes from its key, so that
 *     two hosts of one name never share an id
 * @param name for people
 * @param node the cluster node
 * @param trust whose it is
 */
record HostIdentity(String prefix, String name, String node, Trust trust) {

    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

    private static final int LIFE_BITS = 30;

    private static final int MAX_PREFIX = 48;

    /** A host that is a member of the cluster. */
    static HostIdentity of(WorkerAgentConfig.Agent agent, String node, RandomGenerator random) {
        var mark = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            mark.append(BASE32.charAt(random.nextInt(BASE32.length())));
        }
        return of(agent, node, mark.toString());
    }

    /** A host that is behind a gateway, which knows it by the mark of its key. */
    static HostIdentity of(WorkerAgentConfig.Agent agent, HostKey key) {
        return of(agent, "behind a gateway", key.mark());
    }

    private static HostIdentity of(WorkerAgentConfig.Agent agent, String node, String mark) {
        String name = agent.name() == null ? hostName() : agent.name();
        return new HostIdentity(idPart(name) + "-" + mark, name, node, agent.trust());
    }

    /**
     * A worker for this model server. Its id is never used again, not even when the same server goes and comes back: a
     * client that resumes names a worker, an attempt and a piece, and must find the very run that it saw, or nobody.
     */
    WorkerIdentity worker(String server, long incarnation) {
        String version = HostIdentity.class.getPackage().getImplementationVersion();
        return new WorkerIdentity(
                new WorkerId(prefix + "." + idPart(server) + "-" + life(incarnation)),
                node,
                incarnation,
                name,
                version == null ? "dev" : version,
                trust);
    }

    private static String life(long incarnation) {
        var life = new StringBuilder();
        for (int shift = 0; shift < LIFE_BITS; shift += 5) {
            life.append(BASE32.charAt((int) (incarnation >>> shift & 31)));
        }
        return life.toString();
    }

    /** The part of a name that may stand in an id: letters, digits and dashes. */
    private static String idPart(String name) {
        String part =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        if (part.isEmpty()) {
            return "host";
        }
        return part.length() <= MAX_PREFIX ? part : part.substring(0, MAX_PREFIX);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "host";
        }
    }
}
