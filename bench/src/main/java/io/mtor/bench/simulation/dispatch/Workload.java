// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.dispatch;

import io.mtor.bench.simulation.world.Host;
import io.mtor.bench.simulation.world.Wish;
import java.util.List;

/**
 * What a policy is judged on.
 *
 * @param wishes in the order of their arrival, numbered from 0
 * @param warmUp how many of the first do not count
 */
public record Workload(String name, List<Host> hosts, List<Wish> wishes, int warmUp) {

    public Workload {
        hosts = List.copyOf(hosts);
        wishes = List.copyOf(wishes);
        for (int i = 0; i < wishes.size(); i++) {
            if (wishes.get(i).number() != i) {
                throw new IllegalArgumentException(
                        "wish " + i + " has the number " + wishes.get(i).number());
            }
        }
    }

    /** The same with other wishes, of other users. */
    public Workload with(List<Wish> others) {
        return new Workload(name, hosts, others, warmUp);
    }
}
