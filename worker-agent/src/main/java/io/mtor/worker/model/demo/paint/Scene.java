// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.demo.paint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the words of a prompt become: the few that are understood choose subject, light and colours, and all of them
 * together are the seed of everything else.
 *
 * @param understood the words that were, for the sentence under the picture
 */
record Scene(long seed, Hour hour, Palette palette, Set<Subject> subjects, List<String> understood) {

    private static final Map<String, Hour> HOURS = Map.ofEntries(
            Map.entry("neon", Hour.NEON),
            Map.entry("cyber", Hour.NEON),
            Map.entry("synth", Hour.NEON),
            Map.entry("sunset", Hour.SUNSET),
            Map.entry("evening", Hour.SUNSET),
            Map.entry("dusk", Hour.SUNSET),
            Map.entry("sonnenuntergang", Hour.SUNSET),
            Map.entry("abend", Hour.SUNSET),
            Map.entry("night", Hour.NIGHT),
            Map.entry("moon", Hour.NIGHT),
            Map.entry("star", Hour.NIGHT),
            Map.entry("nacht", Hour.NIGHT),
            Map.entry("mond", Hour.NIGHT),
            Map.entry("stern", Hour.NIGHT),
            Map.entry("day", Hour.DAY),
            Map.entry("sunny", Hour.DAY),
            Map.entry("noon", Hour.DAY),
            Map.entry("mittag", Hour.DAY),
            Map.entry("sonnig", Hour.DAY),
            Map.entry("dawn", Hour.DAWN),
            Map.entry("morning", Hour.DAWN),
            Map.entry("sunrise", Hour.DAWN),
            Map.entry("morgen", Hour.DAWN),
            Map.entry("sonnenaufgang", Hour.DAWN));

    private static final Map<String, Subject> SUBJECTS = Map.ofEntries(
            Map.entry("mountain", Subject.MOUNTAIN),
            Map.entry("peak", Subject.MOUNTAIN),
            Map.entry("alp", Subject.MOUNTAIN),
            Map.entry("hill", Subject.MOUNTAIN),
            Map.entry("berg", Subject.MOUNTAIN),
            Map.entry("gipfel", Subject.MOUNTAIN),
            Map.entry("sea", Subject.SEA),
            Map.entry("ocean", Subject.SEA),
            Map.entry("lake", Subject.SEA),
            Map.entry("beach", Subject.SEA),
            Map.entry("water", Subject.SEA),
            Map.entry("meer", Subject.SEA),
            Map.entry("see", Subject.SEA),
            Map.entry("strand", Subject.SEA),
            Map.entry("wasser", Subject.SEA),
            Map.entry("city", Subject.CITY),
            Map.entry("skyline", Subject.CITY),
            Map.entry("town", Subject.CITY),
            Map.entry("stadt", Subject.CITY),
            Map.entry("forest", Subject.FOREST),
            Map.entry("wood", Subject.FOREST),
            Map.entry("tree", Subject.FOREST),
            Map.entry("wald", Subject.FOREST),
            Map.entry("baum", Subject.FOREST),
            Map.entry("bäume", Subject.FOREST));

    private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}]+");

    /** One of these lights a scene whose words name none. */
    private static final List<Hour> LOTS = List.of(Hour.NEON, Hour.SUNSET, Hour.NIGHT);

    Scene {
        understood = List.copyOf(understood);
    }

    /** The scene that these words mean. */
    static Scene of(String prompt, long lot) {
        List<String> words =
                NO_LETTERS.splitAsStream(prompt.toLowerCase(Locale.ROOT)).toList();
        List<String> understood = new ArrayList<>();
        Set<Subject> subjects = EnumSet.noneOf(Subject.class);
        Hour hour = null;
        for (String word : words) {
            Hour namedHour = named(HOURS, word);
            Subject subject = named(SUBJECTS, word);
            hour = hour == null ? namedHour : hour;
            if (subject != null) {
                subjects.add(subject);
            }
            if (namedHour != null || subject != null) {
                understood.add(word);
            }
        }
        if (subjects.isEmpty()) {
            subjects.add(Subject.MOUNTAIN);
        }
        long seed = (prompt.strip().toLowerCase(Locale.ROOT).hashCode() + lot) * 0x9E3779B97F4A7C15L;
        Hour light = hour == null ? LOTS.get(Math.floorMod(seed >> 40, LOTS.size())) : hour;
        Palette palette = Palette.of(light);
        for (String word : words) {
            Palette leaning = palette.leaning(word);
            if (!leaning.equals(palette)) {
                understood.add(word);
            }
            palette = leaning;
        }
        return new Scene(seed, light, palette, subjects, understood);
    }

    /** What the word names, by the longest name in it; "neonberg" names both its parts. */
    private static <T> @Nullable T named(Map<String, T> names, String word) {
        return names.entrySet().stream()
                .filter(each -> isIn(each.getKey(), word))
                .max(Comparator.comparingInt(
                                (Map.Entry<String, T> each) -> each.getKey().length())
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getValue)
                .orElse(null);
    }

    /** Short names are words by themselves, with a plural at most; long ones may be a part of a word. */
    private static boolean isIn(String name, String word) {
        return name.length() >= 4
                ? word.contains(name)
                : List.of("", "s", "e", "en").stream().anyMatch(ending -> word.equals(name + ending));
    }

    boolean has(Subject subject) {
        return subjects.contains(subject);
    }
}
