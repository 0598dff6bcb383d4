// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.config;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/**
 * The words between a service and the person who starts it: help, the effective configuration, or what is wrong.
 *
 * @param program the name in {@code --help}
 * @param aliases short names for some keys
 * @param environment the environment variables
 * @param out where help and the effective configuration go
 * @param err where errors go
 */
public record CommandLine(
        String program, Aliases aliases, Map<String, String> environment, PrintStream out, PrintStream err) {

    public CommandLine {
        environment = Map.copyOf(environment);
    }

    /** What a main does next. */
    public sealed interface Next<C> {

        /** Start with this configuration. */
        record Start<C>(C config) implements Next<C> {}

        /** Everything is said; leave with this exit code. */
        record Exit<C>(int code) implements Next<C> {}
    }

    /** The command line of this process. */
    public static CommandLine ofProcess(String program, Aliases aliases) {
        return new CommandLine(program, aliases, System.getenv(), System.out, System.err);
    }

    /** Reads the configuration and says whether to go on. */
    public <C extends Record> Next<C> read(Class<C> type, List<String> args) {
        if (args.contains(Flags.HELP) || args.contains("-h")) {
            out.print(Reference.help(program, type, aliases));
            return new Next.Exit<>(0);
        }
        boolean show = args.contains(Flags.SHOW);
        try {
            Loaded<C> loaded = ConfigLoader.load(type, aliases, args, environment);
            if (show) {
                out.print(loaded.show());
                return new Next.Exit<>(0);
            }
            return new Next.Start<>(loaded.config());
        } catch (ConfigException e) {
            err.println(program + " cannot start; " + count(e.errors().size()) + " in its configuration:");
            e.errors().forEach(error -> err.println("  " + error));
            err.println("See " + program + " " + Flags.HELP + ".");
            return new Next.Exit<>(1);
        }
    }

    private static String count(int errors) {
        return errors == 1 ? "one error" : errors + " errors";
    }
}
