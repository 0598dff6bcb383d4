// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.launch;

import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.util.Enumeration;
import java.util.jar.Manifest;

/**
 * Starts the real main class of a fat jar, or says in one sentence which Java it needs.
 *
 * <p>Compiled for release 8, so that an old Java can run it far enough to say what is wrong. The real main class is
 * named by the manifest entry {@code Mtor-Main}.
 */
public final class Launcher {

    private static final int NEEDED = 21;

    private Launcher() {}

    /**
     * Runs the main class that the jar's manifest names.
     *
     * @param args handed on as they are
     * @throws Exception what the real main throws
     */
    public static void main(String[] args) throws Exception {
        String version = System.getProperty("java.specification.version");
        if (major(version) < NEEDED) {
            System.err.println("MTOR needs Java " + NEEDED + " or newer; this is Java " + version + " at "
                    + System.getProperty("java.home") + ".");
            System.exit(1);
        }
        try {
            Class.forName(mainClass()).getMethod("main", String[].class).invoke(null, (Object) args);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception) {
                throw (Exception) e.getCause();
            }
            throw e;
        }
    }

    /** The major number in {@code java.specification.version}: 8 for "1.8", 17 for "17". */
    static int major(String version) {
        String number = version.startsWith("1.") ? version.substring(2) : version;
        return Integer.parseInt(number);
    }

    private static String mainClass() throws Exception {
        Enumeration<URL> manifests = Launcher.class.getClassLoader().getResources("META-INF/MANIFEST.MF");
        while (manifests.hasMoreElements()) {
            try (InputStream in = manifests.nextElement().openStream()) {
                String main = new Manifest(in).getMainAttributes().getValue("Mtor-Main");
                if (main != null) {
                    return main;
                }
            }
        }
        throw new IllegalStateException("no manifest on the class path has the entry Mtor-Main");
    }
}
