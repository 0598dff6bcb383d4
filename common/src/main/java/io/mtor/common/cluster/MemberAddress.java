// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.cluster;

import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.spi.MemberAddressProvider;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Exactly the address that the configuration names, where Hazelcast alone would search the machine's interfaces.
 *
 * @param bind where the member port is bound
 * @param reachable where the other members find it
 */
record MemberAddress(InetSocketAddress bind, InetSocketAddress reachable) implements MemberAddressProvider {

    static MemberAddress of(ClusterConfig cluster, InetAddress bind) {
        var bound = new InetSocketAddress(bind, cluster.hazelcastPort());
        return new MemberAddress(
                bound,
                cluster.publicHost() == null
                        ? bound
                        : new InetSocketAddress(cluster.publicHost(), cluster.hazelcastPort()));
    }

    @Override
    public InetSocketAddress getBindAddress() {
        return bind;
    }

    @Override
    public InetSocketAddress getBindAddress(EndpointQualifier endpoint) {
        return bind;
    }

    @Override
    public InetSocketAddress getPublicAddress() {
        return reachable;
    }

    @Override
    public InetSocketAddress getPublicAddress(EndpointQualifier endpoint) {
        return reachable;
    }
}
