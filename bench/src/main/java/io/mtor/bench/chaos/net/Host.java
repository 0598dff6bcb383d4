// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.chaos.net;

import io.mtor.realm.cluster.Site;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One host of a {@link Network}. It can be cut off from the other hosts; this machine, where the users are, always
 * reaches it.
 */
public record Host(String namespace, String address, String subnet) {

    private static final Pattern COUNTED = Pattern.compile("packets (\\d+)");

    /** A process of MTOR on this host. */
    public Site site(String classPath) {
        return new Site(address, List.of("ip", "netns", "exec", namespace), classPath);
    }

    /** From now on these packets are dropped. */
    public void drop(Cut cut) {
        String in = "ip saddr " + subnet + ".0/24 ip saddr != " + subnet + ".1 ";
        String out = "ip daddr " + subnet + ".0/24 ip daddr != " + subnet + ".1 ";
        String which =
                switch (cut) {
                    case ALL, INCOMING, OUTGOING -> "";
                    case ONE_IN_TEN -> "numgen random mod 10 == 0 ";
                };
        nft("table inet chaos {\n"
                + chain("input", cut == Cut.OUTGOING ? "" : in + which + "counter drop")
                + chain("output", cut == Cut.INCOMING || cut == Cut.ONE_IN_TEN ? "" : out + which + "counter drop")
                + "}\n");
    }

    /** Which packets are dropped. */
    public enum Cut {
        ALL,
        INCOMING,
        OUTGOING,
        ONE_IN_TEN
    }

    private static String chain(String hook, String rule) {
        return "chain " + hook + " {\n  type filter hook " + hook + " priority 0;\n  " + rule + "\n}\n";
    }

    /** How many packets were dropped since it was last healed. */
    public long dropped() {
        Matcher counted = COUNTED.matcher(nft("list ruleset\n"));
        long sum = 0;
        while (counted.find()) {
            sum += Long.parseLong(counted.group(1));
        }
        return sum;
    }

    /** Nothing is dropped any more. */
    public void heal() {
        nft("flush ruleset\n");
    }

    private String nft(String script) {
        return Shell.run(script, "ip", "netns", "exec", namespace, "nft", "-f", "-");
    }
}
