// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.host;

import io.mtor.gateway.hosts.HostEntry.Verb;
import picocli.CommandLine.Command;

/** Rules that a host is approved. */
@Command(
        name = "approve",
        mixinStandardHelpOptions = true,
        description = {
            "Let a host in that waits to be approved, or was revoked; give it work again that was drained or caught."
        })
final class ApproveCommand extends RuleCommand {

    ApproveCommand() {
        super(Verb.APPROVED);
    }
}
