// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where processes of a cluster run, and what they are made of.
 *
 * @param host the address that they listen on and are reached at
 * @param prefix the command that starts a command there; empty on this machine itself
 * @param classPath a jar with everything, or a class path
 */
public record Site(String host, List<String> prefix, String classPath) {

    private static final String LOOPBACK = "127.0.0.1";

    public Site {
        prefix = List.copyOf(prefix);
    }

    /** Loopback, with the classes of this JVM. */
    public static Site here() {
        return loopback(System.getProperty("java.class.path"));
    }

    /** Loopback, with other classes. */
    public static Site loopback(String classPath) {
        return new Site(LOOPBACK, untouchedByCtrlC(), classPath);
    }

    /**
     * Ctrl-C reaches every process of a terminal at once; those that it would end out of order ignore it and are told
     * by the one that started them.
     */
    private static List<String> untouchedByCtrlC() {
        return Files.isExecutable(Path.of("/bin/sh"))
                ? List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh")
                : List.of();
    }

    boolean isLoopback() {
        return host.equals(LOOPBACK);
    }
}
