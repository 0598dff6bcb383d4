// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.token;

import picocli.CommandLine.Command;

/** What operators do with join tokens. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = "Let hosts join through a gateway.",
        subcommands = CreateCommand.class)
public final class TokenCommand {}
