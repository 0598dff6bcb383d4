// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.understand;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The rules of {@code rules.txt}, in their order. */
final class Rules {

    private final List<Rule> rules;

    private Rules(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** The first rule for this situation that matches the sentence. */
    Optional<Understood> first(boolean picture, String sentence) {
        return rules.stream()
                .filter(rule -> rule.picture() == picture && rule.matches(sentence))
                .map(Rule::outcome)
                .findFirst();
    }

    static Rules load() {
        try (InputStream in = Rules.class.getResourceAsStream("rules.txt")) {
            return parse(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Rules parse(String text) {
        Map<String, String> definitions = new HashMap<>();
        List<Rule> rules = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("define ")) {
                String[] words = line.split("\\s+", 3);
                definitions.put("{" + words[1] + "}", expand(words[2], definitions));
            } else {
                String[] words = line.split("\\s+", 5);
                rules.add(Rule.of(words[0], words[1], words[2], words[3], expand(words[4], definitions)));
            }
        }
        return new Rules(rules);
    }

    private static String expand(String pattern, Map<String, String> definitions) {
        String expanded = pattern;
        for (Map.Entry<String, String> definition : definitions.entrySet()) {
            expanded = expanded.replace(definition.getKey(), definition.getValue());
        }
        return expanded;
    }
}
