// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.host;

import io.mtor.gateway.hosts.HostEntry.Verb;
import picocli.CommandLine.Command;

/** Rules that a host is drained. */
@Command(
        name = "drain",
        mixinStandardHelpOptions = true,
        description = {
            "Give the workers of a host nothing new; what they have in hand ends there.",
            "To approve it again takes that back."
        })
final class DrainCommand extends RuleCommand {

    DrainCommand() {
        super(Verb.DRAINED);
    }
}
