// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.host;

import picocli.CommandLine.Command;

/** What operators do with hosts. */
@Command(
        name = "host",
        mixinStandardHelpOptions = true,
        description = {
            "Approve, drain and revoke hosts that join through a gateway.",
            "A host is named by its mark, the twelve characters in the names of its workers."
        },
        subcommands = {ListCommand.class, ApproveCommand.class, DrainCommand.class, RevokeCommand.class})
public final class HostCommand {}
