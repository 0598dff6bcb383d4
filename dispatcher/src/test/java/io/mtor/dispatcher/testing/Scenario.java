// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.testing;

import io.mtor.common.bus.Announcement.Health;
import io.mtor.common.bus.DispatcherBound.Outcome;
import io.mtor.common.bus.DispatcherBound.Reason;
import io.mtor.common.bus.Load;
import io.mtor.common.protocol.Priority;
import io.mtor.common.protocol.QueryType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A story: what happens, line by line, and indented under it what the matchmaker does about it.
 *
 * <pre>
 * # A comment.
 * worker a slots=1 serves=chat:llama,vision   joins; a worker named demo… is synthetic
 * work 1 chat user=u model=llama priority=batch ttl=500 attempt=2 without=a
 * withdraw 1
 * accept a 1           the worker reports that it took it
 * end a 1 ms=20        … that it has done it; fail a 1, cancelled a 1, user-error a 1
 * refuse a 1 no-free-slot busy=1
 * healthy a            a verdict; degraded a, down a
 * freeze a             it says nothing any more; announce a ends that
 * leave a, node-left node-a
 * pass 500             milliseconds
 * </pre>
 */
public final class Scenario {

    private final Stage stage = new Stage();
    private final Map<Long, Intents> intents = new HashMap<>();

    private Scenario() {}

    /** The same story with what really happens in place of what is written. */
    public static String retold(String story) {
        var scenario = new Scenario();
        List<String> lines = new ArrayList<>();
        for (String line : story.lines().toList()) {
            if (!line.startsWith("  ")) {
                lines.add(line);
                scenario.happens(line);
                scenario.stage.sent().forEach(sent -> lines.add("  " + sent));
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private void happens(String line) {
        if (line.isBlank() || line.startsWith("#")) {
            return;
        }
        List<String> words = List.of(line.trim().split("\\s+", -1));
        String subject = words.get(1);
        switch (words.getFirst()) {
            case "worker" ->
                stage.hear(Workers.worker(
                        subject,
                        number(words, "slots", 1),
                        option(words, "serves", "chat").split(",", -1)));
            case "work" -> work(words);
            case "withdraw" -> stage.withdraw(Objects.requireNonNull(intents.get(Long.parseLong(subject))));
            case "accept" -> stage.accepted(subject, intent(words));
            case "end" -> stage.ended(subject, intent(words), Outcome.COMPLETED, number(words, "ms", 1_000));
            case "fail" -> stage.ended(subject, intent(words), Outcome.FAILED, number(words, "ms", 1));
            case "cancelled" -> stage.ended(subject, intent(words), Outcome.CANCELLED, number(words, "ms", 1));
            case "user-error" -> stage.ended(subject, intent(words), Outcome.CLIENT_ERROR, number(words, "ms", 1));
            case "refuse" -> refuse(words);
            case "healthy", "degraded", "down" -> stage.judged(subject, Health.valueOf(constant(words.getFirst())));
            case "freeze" -> stage.freeze(subject);
            case "announce" -> stage.announce(subject);
            case "leave" -> stage.left(subject);
            case "node-left" -> stage.nodeLeft(subject);
            case "pass" -> stage.pass(Long.parseLong(subject));
            default -> throw new IllegalArgumentException("no story knows what this means: " + line);
        }
    }

    private void work(List<String> words) {
        long number = Long.parseLong(words.get(1));
        var intent = Intents.of(number, new QueryType(words.get(2)))
                .by(option(words, "user", "u" + number))
                .priority(Priority.valueOf(constant(option(words, "priority", "interactive"))))
                .ttl(number(words, "ttl", 600_000));
        String model = option(words, "model", "");
        intent = model.isEmpty() ? intent : intent.model(model);
        String without = option(words, "without", "");
        int attempt = number(words, "attempt", 1);
        intent = without.isEmpty() ? intent.attempt(attempt) : intent.attempt(attempt, without.split(",", -1));
        intents.put(number, intent);
        stage.place(intent);
    }

    private void refuse(List<String> words) {
        int busy = number(words, "busy", 1);
        int slots = number(words, "slots", 1);
        stage.refused(
                words.get(1), intent(words), Reason.valueOf(constant(words.get(3))), new Load(slots, busy, false));
    }

    private static long intent(List<String> words) {
        return Long.parseLong(words.get(2));
    }

    private static String constant(String word) {
        return word.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static int number(List<String> words, String name, int otherwise) {
        String value = option(words, name, "");
        return value.isEmpty() ? otherwise : Integer.parseInt(value);
    }

    private static String option(List<String> words, String name, String otherwise) {
        return words.stream()
                .filter(word -> word.startsWith(name + "="))
                .map(word -> word.substring(name.length() + 1))
                .findFirst()
                .orElse(otherwise);
    }
}
