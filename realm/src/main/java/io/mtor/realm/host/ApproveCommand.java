// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.host;

import io.mtor.gateway.hosts.HostEntry.Verb;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes into the book that a host is approved. */
@Command(
        name = "approve",
        mixinStandardHelpOptions = true,
        description = "Let a host in that waits to be approved, or was revoked.")
final class ApproveCommand implements Callable<Integer> {

    @Parameters(paramLabel = "MARK", description = "Which host, such as uaq4y7uyx26o.")
    private String mark = "";

    @Mixin
    private Book book = new Book();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        try {
            return book.rule(Verb.APPROVED, mark, "");
        } catch (IllegalArgumentException e) {
            if (spec == null) {
                throw e;
            }
            throw new ParameterException(spec.commandLine(), mark + ": " + e.getMessage());
        } catch (IOException e) {
            System.err.println("mtor host approve: " + e.getMessage());
            return 1;
        }
    }
}
