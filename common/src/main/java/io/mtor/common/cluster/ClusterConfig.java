// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.cluster;

import io.mtor.common.config.Key;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a process joins the others. A member can read and forge everything on the bus, so both ports belong on a network
 * of trusted machines only.
 */
public record ClusterConfig(
        @Key(doc = "Whether to join other processes; without it, the realm is this one process", byDefault = "false")
        boolean enabled,

        @Key(doc = "Name of the cluster; members with another name are strangers", byDefault = "mtor")
        String name,

        @Key(doc = "Some members to ask first, as host or host:port")
        List<String> members,

        @Key(doc = "Headless Kubernetes service whose addresses are the members; instead of a list") @Nullable
        String kubernetesService,

        @Key(doc = "Address to bind both ports to; loopback or private", byDefault = "127.0.0.1")
        String bindHost,

        @Key(doc = "Address under which others reach this process, if it is another one") @Nullable
        String publicHost,

        @Key(doc = "Port for membership", byDefault = "5701", atLeast = "1", atMost = "65535")
        int hazelcastPort,

        @Key(
                doc = "Port for messages; 0 takes a free one, on loopback only",
                byDefault = "0",
                atLeast = "0",
                atMost = "65535")
        int busPort,

        @Key(doc = "Hold no cluster state; for members that come and go, such as workers", byDefault = "false")
        boolean liteMember,

        @Key(
                doc = "Fail rather than found a cluster when no member answers; a lite member always does",
                byDefault = "false")
        boolean requirePeers,

        @Key(doc = "How long to look for a member, if one is required", byDefault = "10s", atLeast = "100ms")
        Duration peerLimit,

        @Nullable BusTls tls,

        @Key(
                doc = "Bind to a public address, although whoever reaches it can read and forge everything",
                byDefault = "false")
        boolean iKnow) {

    private static final Pattern MEMBER = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:\\s/]+)(:\\d{1,5})?");

    public ClusterConfig {
        members = List.copyOf(members);
        for (String member : members) {
            if (!MEMBER.matcher(member).matches()) {
                throw new IllegalArgumentException("a member is written host or host:port, not " + member);
            }
        }
        if (!members.isEmpty() && kubernetesService != null) {
            throw new IllegalArgumentException("members and kubernetes_service exclude each other");
        }
    }

    /** The same for a process that comes and goes: it holds no cluster state, and joins others or fails. */
    public ClusterConfig asLiteMember() {
        return new ClusterConfig(
                enabled,
                name,
                members,
                kubernetesService,
                bindHost,
                publicHost,
                hazelcastPort,
                busPort,
                true,
                requirePeers,
                peerLimit,
                tls,
                iKnow);
    }

    /** Whether this process must find a member that is there already. */
    boolean needsPeers() {
        return requirePeers || liteMember;
    }

    /**
     * Mutual TLS between buses: any certificate that the authority signed is a member, so it must sign nothing else.
     */
    public record BusTls(
            @Key(doc = "This process's certificate, PEM") Path certificate,
            @Key(doc = "Its private key, PEM (PKCS #8)") Path key,

            @Key(doc = "Certificate of the authority that signed all members, PEM")
            Path authority) {}
}
