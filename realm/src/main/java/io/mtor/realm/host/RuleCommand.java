// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.host;

import io.mtor.gateway.hosts.HostEntry.Verb;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes into the book what an operator rules on a host. */
abstract class RuleCommand implements Callable<Integer> {

    private final Verb verb;

    @Parameters(paramLabel = "MARK", description = "Which host, such as uaq4y7uyx26o.")
    private String mark = "";

    @Option(
            names = "--why",
            defaultValue = "",
            description = "The reason, for the book; of a revoked host also for its owner.")
    private String why = "";

    @Mixin
    private Book book = new Book();

    @Spec
    private @Nullable CommandSpec spec;

    RuleCommand(Verb verb) {
        this.verb = verb;
    }

    @Override
    public Integer call() {
        try {
            return book.rule(verb, mark, why);
        } catch (IllegalArgumentException e) {
            if (spec == null) {
                throw e;
            }
            throw new ParameterException(spec.commandLine(), mark + ": " + e.getMessage());
        } catch (IOException e) {
            System.err.println("mtor host: " + e.getMessage());
            return 1;
        }
    }
}
