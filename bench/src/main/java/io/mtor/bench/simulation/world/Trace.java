// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** What happened, for people; costs nothing while nobody listens. */
public final class Trace {

    /** One line. {@code about} is a guid or a user; empty for what concerns everybody, such as a fault. */
    public record Line(long millis, String about, String text) {

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%9.3f s  %s", millis / 1e3, text);
        }
    }

    private final boolean on;
    private final List<Line> lines = new ArrayList<>();

    public Trace(boolean on) {
        this.on = on;
    }

    public void say(long millis, String about, Supplier<String> text) {
        if (on) {
            lines.add(new Line(millis, about, text.get()));
        }
    }

    public List<Line> lines() {
        return lines;
    }

    /** What concerns this intent or its user, and the faults. */
    public List<Line> about(String guid) {
        String user = lines.stream()
                .filter(line -> line.about.equals(guid))
                .map(line -> line.text.substring(0, line.text.indexOf(' ')))
                .findFirst()
                .orElse("");
        return lines.stream()
                .filter(line -> line.about.isEmpty() || line.about.equals(guid) || line.about.equals(user))
                .toList();
    }
}
