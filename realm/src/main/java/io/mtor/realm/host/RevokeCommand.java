// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.host;

import io.mtor.gateway.hosts.HostEntry.Verb;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes into the book that a host is revoked. */
@Command(
        name = "revoke",
        mixinStandardHelpOptions = true,
        description = {
            "Throw a host out, and keep it out; what its workers had in hand is done elsewhere.",
            "To approve it again takes that back."
        })
final class RevokeCommand implements Callable<Integer> {

    @Parameters(paramLabel = "MARK", description = "Which host, such as uaq4y7uyx26o.")
    private String mark = "";

    @Option(names = "--why", defaultValue = "", description = "The reason, for its owner and for the book.")
    private String why = "";

    @Mixin
    private Book book = new Book();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        try {
            return book.rule(Verb.REVOKED, mark, why);
        } catch (IllegalArgumentException e) {
            if (spec == null) {
                throw e;
            }
            throw new ParameterException(spec.commandLine(), mark + ": " + e.getMessage());
        } catch (IOException e) {
            System.err.println("mtor host revoke: " + e.getMessage());
            return 1;
        }
    }
}
