// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.mtor.common.protocol.Intent;
import io.mtor.worker.model.http.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program with its arguments, in which {@code {text}} stands for the text of the intent and {@code {language:en}} for
 * the parameter {@code language}, or for {@code en} where there is none.
 *
 * <p>No shell is involved: an argument stays one argument. The text reaches the command line only through its
 * placeholder, and never where it could be taken for an option.
 *
 * @param argv the program first
 */
public record CommandLineTemplate(List<String> argv) {

    private static final Pattern LANGUAGE = Pattern.compile("\\{language(?::([a-zA-Z-]{1,20}))?}");

    public CommandLineTemplate {
        argv = List.copyOf(argv);
        if (argv.isEmpty() || argv.get(0).isBlank() || argv.get(0).contains("{")) {
            throw new IllegalArgumentException("argv must begin with a program");
        }
    }

    public String program() {
        return argv.get(0);
    }

    /** The same with this file as the program. */
    public CommandLineTemplate withProgram(String file) {
        List<String> found = new ArrayList<>(argv);
        found.set(0, file);
        return new CommandLineTemplate(found);
    }

    /** The arguments for this intent; empty if something in it does not belong on a command line. */
    List<String> fill(Intent intent) {
        List<String> filled = new ArrayList<>();
        for (String argument : argv) {
            String next = argument;
            Matcher matcher = LANGUAGE.matcher(argument);
            if (matcher.find()) {
                String language = language(intent, matcher.group(1));
                if (!Messages.LANGUAGE.matcher(language).matches()) {
                    return List.of();
                }
                next = matcher.replaceFirst(language);
            }
            if (next.startsWith("{text}") && intent.text().startsWith("-")) {
                return List.of();
            }
            // A NUL would end the argument early.
            filled.add(next.replace("{text}", intent.text().replace("\0", "")));
        }
        return filled;
    }

    private static String language(Intent intent, String byDefault) {
        JsonNode language = Messages.settings(intent.parameters()).path("language");
        return language.isTextual() ? language.textValue() : byDefault == null ? "" : byDefault;
    }
}
