// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.demo;

import io.mtor.common.protocol.Intent;
import io.mtor.worker.model.Assigned;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What the demo says to a chat: what it is, what became of this very intent, and how to get a real answer. */
final class DemoWords {

    private static final int QUOTED_CHARS = 160;

    private DemoWords() {}

    /** The beginning, which is written before any time is known. */
    static String opening(Assigned work) {
        Intent intent = work.intent();
        String quoted = quote(intent.text());
        int turns = intent.conversation().size();
        return switch (Language.of(intent.text())) {
            case ENGLISH ->
                "**Your realm is alive.** I am its built-in demo, not a language model: I have no opinions, only good"
                        + " timing.\n\nI heard: “" + quoted + "”"
                        + (turns == 0 ? "" : ", after " + turns + " earlier turns that came along unread")
                        + ". Understood as **" + intent.queryType() + "**.\n\n";
            case GERMAN ->
                "**Dein Realm lebt.** Ich bin seine eingebaute Vorführung, kein Sprachmodell: Ich habe keine Meinung,"
                        + " nur ein gutes Zeitgefühl.\n\nGehört habe ich: „" + quoted + "“"
                        + (turns == 0 ? "" : ", nach " + turns + " früheren Beiträgen, die ungelesen mitkamen")
                        + ". Verstanden als **" + intent.queryType() + "**.\n\n";
        };
    }

    /**
     * The rest, once the first word is out.
     *
     * @param firstMicros from the start of the work at this worker to the first word
     */
    static String rest(Assigned work, long firstMicros) {
        return switch (Language.of(work.intent().text())) {
            case ENGLISH ->
                """
                The way it went just now, measured, not made up:

                1. the dispatcher chose this worker in **%s**,
                2. your intent waited **%s** in its line,
                3. the first word left here after **%s**.

                All of that is real; only the thinking is missing. Start a model server on this machine and I step \
                aside within five seconds:

                - **Ollama**: `ollama run llama3.2`
                - **llama.cpp**: `llama-server -m model.gguf`

                Then ask again. Until then, try “imagine a neon mountain”: painting I can do.
                """.formatted(micros(work.dispatchMicros()), millis(work.queueMillis()), micros(firstMicros));
            case GERMAN ->
                """
                Der Weg, den es eben nahm, gemessen und nicht erfunden:

                1. Der Dispatcher wählte diesen Worker in **%s**,
                2. in seiner Schlange wartete die Bitte **%s**,
                3. das erste Wort ging hier nach **%s** hinaus.

                All das ist echt; nur das Denken fehlt. Starte auf diesem Rechner einen Modellserver, und ich trete \
                binnen fünf Sekunden zur Seite:

                - **Ollama**: `ollama run llama3.2`
                - **llama.cpp**: `llama-server -m model.gguf`

                Dann frag noch einmal. Bis dahin: „male einen Neonberg“. Malen kann ich.
                """.formatted(micros(work.dispatchMicros()), millis(work.queueMillis()), micros(firstMicros));
        };
    }

    /** What stands under a picture. */
    static String caption(String prompt, List<String> understood) {
        String words = String.join(", ", understood);
        return switch (Language.of(prompt)) {
            case ENGLISH ->
                "Painted by the built-in demo with plain arithmetic, no model. "
                        + (understood.isEmpty()
                                ? "None of your words is in its small vocabulary, so they only drew the lots."
                                : "It understood " + words + "; the rest of your words drew the lots.");
            case GERMAN ->
                "Gemalt von der eingebauten Vorführung, mit schlichter Rechnung, ohne Modell. "
                        + (understood.isEmpty()
                                ? "Keines deiner Worte kennt sie, so entschied allein das Los."
                                : "Verstanden hat sie: " + words + "; deine übrigen Worte waren das Los.");
        };
    }

    /** What can be said of a picture. */
    static String picture(String question, String mediaType, int bytes, PictureFacts facts) {
        Language language = Language.of(question);
        String colours = facts.colours().stream().map(each -> each.in(language)).collect(Collectors.joining(", "));
        long percent = Math.round(facts.brightness() * 100);
        String size = facts.width() + " × " + facts.height();
        long kilobytes = Math.max(1, bytes / 1024);
        return switch (language) {
            case ENGLISH ->
                """
                The built-in demo cannot see, but it can measure:

                - **%s** points, %s, %d KiB
                - mostly **%s**
                - brightness %d %%

                What is *in* the picture takes a vision model, such as `ollama pull llava`.
                """.formatted(size, mediaType, kilobytes, colours.isEmpty() ? "many colours" : colours, percent);
            case GERMAN -> """
                Die eingebaute Vorführung sieht nichts, aber sie kann messen:

                - **%s** Punkte, %s, %d KiB
                - vor allem **%s**
                - Helligkeit %d %%

                Was *auf* dem Bild ist, sagt erst ein Modell mit Augen, etwa `ollama pull llava`.
                """.formatted(size, mediaType, kilobytes, colours.isEmpty() ? "vieles" : colours, percent);
        };
    }

    private static String micros(long micros) {
        return micros < 10_000 ? micros + " µs" : millis(micros / 1000);
    }

    private static String millis(long millis) {
        return millis < 10_000 ? millis + " ms" : millis / 1000 + " s";
    }

    /** The words in one line, cut at a length, without what Markdown would take for its own. */
    private static String quote(String text) {
        String line = text.strip().replaceAll("\\s+", " ").replaceAll("[*_`<>\\[\\]#|]", "");
        if (line.length() <= QUOTED_CHARS) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(QUOTED_CHARS - 1)) ? QUOTED_CHARS - 1 : QUOTED_CHARS;
        return line.substring(0, end) + "…";
    }

    /** Cuts a text into words, each with the space behind it. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int from = 0;
        for (int i = 1; i < text.length(); i++) {
            if (Character.isWhitespace(text.charAt(i - 1)) && !Character.isWhitespace(text.charAt(i))) {
                words.add(text.substring(from, i));
                from = i;
            }
        }
        words.add(text.substring(from));
        return words;
    }
}
