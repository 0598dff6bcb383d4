// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.cluster;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.MembershipAdapter;
import com.hazelcast.cluster.MembershipEvent;
import io.vertx.core.Context;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Membership straight from Hazelcast, and not from Vert.x, which tells of a lost node only after it has cleaned the
 * address table. Both mean the same id: vertx-hazelcast keeps it in an attribute of the member, and does not start
 * without it.
 */
final class HazelcastMembership implements Membership {

    private static final String NODE_ID = "__vertx.nodeId";

    private final Cluster cluster;
    private final String nodeId;

    HazelcastMembership(Cluster cluster) {
        this.cluster = cluster;
        this.nodeId = cluster.getLocalMember().getAttribute(NODE_ID);
    }

    @Override
    public String nodeId() {
        return nodeId;
    }

    @Override
    public Registration onNodeLeft(Context context, Consumer<String> listener) {
        UUID id = cluster.addMembershipListener(new MembershipAdapter() {
            @Override
            public void memberRemoved(MembershipEvent event) {
                removed(event, context, listener);
            }
        });
        return () -> cluster.removeMembershipListener(id);
    }

    void removed(MembershipEvent event, Context context, Consumer<String> listener) {
        if (!isThereAgain(event)) {
            String left = event.getMember().getAttribute(NODE_ID);
            context.runOnContext(now -> listener.accept(left));
        }
    }

    /** True if the news is outdated: whoever stood still hears that all had left when it has found them again. */
    static boolean isThereAgain(MembershipEvent removed) {
        String id = removed.getMember().getAttribute(NODE_ID);
        return removed.getCluster().getMembers().stream()
                .anyMatch(member -> member.getAttribute(NODE_ID).equals(id));
    }
}
