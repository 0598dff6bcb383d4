// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm;

import io.mtor.common.cluster.ServiceMain;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code mtor up}: the whole realm in this process. */
@Command(
        name = "up",
        description =
                "Start a whole realm in one process; every key of the configuration is a flag, see mtor up --help.")
final class UpCommand implements Callable<Integer> {

    /** The command has started something that goes on. */
    static final int RUNNING = -1;

    @Unmatched
    private final List<String> flags = new ArrayList<>();

    @Override
    public Integer call() {
        ServiceMain.run(new RealmService(), flags.toArray(String[]::new));
        return RUNNING;
    }
}
