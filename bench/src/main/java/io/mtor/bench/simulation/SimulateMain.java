// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code mtor simulate}: the product's own cores in virtual time. */
@Command(
        name = "mtor simulate",
        mixinStandardHelpOptions = true,
        subcommands = {FaultsCommand.class, ReplayCommand.class, DispatchCommand.class},
        description = "Runs the product's own decisions in virtual time: no network, no clock, every run the same.")
public final class SimulateMain implements Runnable {

    public static void main(String[] args) {
        System.exit(new CommandLine(new SimulateMain()).execute(args));
    }

    @Override
    public void run() {
        new CommandLine(this).usage(System.out);
    }
}
