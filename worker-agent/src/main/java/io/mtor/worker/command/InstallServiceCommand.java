// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.command;

import io.mtor.worker.WorkerAgentMain;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Prints what makes the agent a service of this machine, to be called with the flags of a start, and says how to install it.
 * It changes nothing by itself.
 */
final class InstallServiceCommand implements AgentCommand {

    private static final String CONFIG = "--config";

    @Override
    public int run(List<String> args) {
        return Configured.run("install-service", args, config -> print(args));
    }

    private static int print(List<String> args) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (!system.contains("linux")) {
            System.out.print(elsewhere(system));
            return 0;
        }
        if (args.stream().anyMatch(arg -> arg.startsWith("--token") || arg.startsWith("--join.token"))) {
            System.err.println("everybody on this machine could read the token there; write it into a file,"
                    + " [join] token = \"…\", and give that with " + CONFIG + " FILE");
            return 2;
        }
        Path jar = jar();
        if (jar == null || jar.startsWith("/home") || jar.startsWith("/root")) {
            System.err.println("a service cannot read " + jar + "; copy the jar to /opt/mtor, say, and ask that one");
            return 1;
        }
        List<String> flags = new ArrayList<>(args);
        Path config = null;
        int at = flags.indexOf(CONFIG);
        if (at >= 0) {
            config = Path.of(flags.get(at + 1)).toAbsolutePath();
            flags.subList(at, at + 2).clear();
        }
        System.out.print(
                new SystemdUnit(Path.of(System.getProperty("java.home"), "bin", "java"), jar, config, flags).text());
        System.err.printf(
                "To install it: put this into /etc/systemd/system/%s, then  systemctl daemon-reload"
                        + "  and  systemctl enable --now %s%n",
                SystemdUnit.NAME, SystemdUnit.NAME);
        return 0;
    }

    private static @Nullable Path jar() {
        try {
            return Path.of(WorkerAgentMain.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static String elsewhere(String system) {
        return system.contains("mac") ? """
                  macOS: launchd starts it when you log in. In ~/Library/LaunchAgents/mtor.plist, a dictionary with
                    Label             mtor.worker-agent
                    ProgramArguments  java, -jar, the path of the jar, --config, the path of worker.toml
                    RunAtLoad         true
                    KeepAlive         SuccessfulExit false
                  then  launchctl bootstrap gui/$(id -u) ~/Library/LaunchAgents/mtor.plist
                  """ : """
                  Windows: the task scheduler starts it when you log in:
                    schtasks /Create /TN MTOR /SC ONLOGON /TR "javaw -jar C:\\mtor\\mtor-worker-agent.jar --config C:\\mtor\\worker.toml"
                  """;
    }
}
