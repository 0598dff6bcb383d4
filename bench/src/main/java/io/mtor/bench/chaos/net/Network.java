// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.chaos.net;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Hosts of their own on this machine: network namespaces on one bridge. Needs Linux, root, {@code ip} and {@code nft}.
 * Nothing but this bridge and these namespaces is touched, and closing takes them away.
 */
public final class Network implements AutoCloseable {

    private static final int SUBNETS = 250;

    private final String name = "mtor" + ProcessHandle.current().pid() % 100_000;
    private final String subnet = "10.213." + ProcessHandle.current().pid() % SUBNETS;
    private final List<Host> hosts = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** A network without any host but this one. */
    public Network() {
        // Whoever interrupts us finds the machine as it was.
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "network"));
        Shell.run("", "ip", "link", "add", name, "type", "bridge");
        Shell.run("", "ip", "address", "add", subnet + ".1/24", "dev", name);
        Shell.run("", "ip", "link", "set", name, "up");
    }

    /** True if this machine lets us make one. */
    public static boolean isPossible() {
        String probe = "mtor-probe-" + ProcessHandle.current().pid();
        try {
            Shell.run("", "ip", "netns", "add", probe);
        } catch (IllegalStateException | UncheckedIOException e) {
            return false;
        }
        try {
            Shell.run("", "ip", "netns", "exec", probe, "nft", "list", "ruleset");
            return true;
        } catch (IllegalStateException | UncheckedIOException e) {
            return false;
        } finally {
            Shell.run("", "ip", "netns", "delete", probe);
        }
    }

    /** One more host. */
    public Host add() {
        int number = hosts.size() + 2;
        String namespace = name + "-" + number;
        String here = name + "v" + number;
        String address = subnet + "." + number;
        Shell.run("", "ip", "netns", "add", namespace);
        var host = new Host(namespace, address, subnet);
        hosts.add(host);
        Shell.run("", "ip", "link", "add", here, "type", "veth", "peer", "name", "eth0", "netns", namespace);
        Shell.run("", "ip", "link", "set", here, "master", name, "up");
        Shell.run("", "ip", "-n", namespace, "address", "add", address + "/24", "dev", "eth0");
        Shell.run("", "ip", "-n", namespace, "link", "set", "eth0", "up");
        Shell.run("", "ip", "-n", namespace, "link", "set", "lo", "up");
        return host;
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        for (Host host : hosts) {
            Shell.run("", "ip", "netns", "delete", host.namespace());
        }
        Shell.run("", "ip", "link", "delete", name);
    }
}
