// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.host;

import io.mtor.gateway.hosts.HostEntry.Verb;
import picocli.CommandLine.Command;

/** Rules that a host is revoked. */
@Command(
        name = "revoke",
        mixinStandardHelpOptions = true,
        description = {
            "Throw a host out, and keep it out; what its workers had in hand is done elsewhere.",
            "To approve it again takes that back."
        })
final class RevokeCommand extends RuleCommand {

    RevokeCommand() {
        super(Verb.REVOKED);
    }
}
