// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm;

import io.mtor.realm.ask.AskCommand;
import io.mtor.realm.cluster.ClusterCommand;
import io.mtor.realm.doctor.DoctorCommand;
import io.mtor.realm.host.HostCommand;
import io.mtor.realm.token.TokenCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;

/** The {@code mtor} command line. */
@Command(
        name = "mtor",
        description = "The intent router for AI work.",
        version = "MTOR 0.1.0",
        mixinStandardHelpOptions = true,
        subcommands = {
            UpCommand.class,
            ClusterCommand.class,
            AskCommand.class,
            DoctorCommand.class,
            TokenCommand.class,
            HostCommand.class
        })
public final class MtorMain {

    public static void main(String[] args) {
        int code = new CommandLine(new MtorMain())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(MtorMain::complain)
                .execute(args);
        // A realm or a cluster goes on when its command returns, until the process is told to stop.
        if (code != UpCommand.RUNNING) {
            System.exit(code);
        }
    }

    /** What is wrong, and where to read on: the whole help would hide it. */
    private static int complain(ParameterException wrong, String... args) {
        CommandLine command = wrong.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        command.getErr().println(name + ": " + wrong.getMessage());
        command.getErr().println("See " + name + " --help.");
        return ExitCode.USAGE;
    }
}
