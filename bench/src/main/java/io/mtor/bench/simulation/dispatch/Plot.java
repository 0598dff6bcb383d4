// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.dispatch;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws how many intents waited longer than so long, one line for each policy, both axes logarithmic; as SVG. */
public final class Plot {

    private static final int WIDTH = 860;
    private static final int HEIGHT = 460;
    private static final int LEFT = 70;
    private static final int TOP = 50;
    private static final int RIGHT = 190;
    private static final int BOTTOM = 60;
    private static final double LEAST_MILLIS = 1;
    private static final double LEAST_SHARE = 0.001;
    private static final int STEPS = 240;

    /** Told apart in both themes and by people who see no red or green (Okabe and Ito, 2008). */
    private static final List<String> COLOURS =
            List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#888888");

    private final double mostMillis;

    private Plot(double mostMillis) {
        this.mostMillis = mostMillis;
    }

    /** The whole file. */
    public static String of(String title, Map<String, Waits> waits) {
        double most = waits.values().stream()
                .mapToDouble(each -> each.percentileMillis(100))
                .max()
                .orElse(1_000);
        return new Plot(Math.max(1_000, most)).draw(title, waits);
    }

    private String draw(String title, Map<String, Waits> waits) {
        var svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"13\">%n",
                WIDTH,
                HEIGHT));
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        text(svg, LEFT, 26, "start", title);
        grid(svg);
        int line = 0;
        for (var each : waits.entrySet()) {
            curve(svg, line++, each.getKey(), each.getValue());
        }
        return svg.append("</svg>\n").toString();
    }

    private void grid(StringBuilder svg) {
        for (double millis = LEAST_MILLIS; millis <= mostMillis; millis *= 10) {
            line(svg, x(millis), TOP, x(millis), HEIGHT - BOTTOM);
            text(
                    svg,
                    x(millis),
                    HEIGHT - BOTTOM + 20,
                    "middle",
                    millis < 1_000 ? (long) millis + " ms" : (long) (millis / 1_000) + " s");
        }
        for (double share = 1; share >= LEAST_SHARE * 0.99; share /= 10) {
            line(svg, LEFT, y(share), WIDTH - RIGHT, y(share));
            text(svg, LEFT - 8, y(share) + 4, "end", trimmed(share * 100) + " %");
        }
        text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 14, "middle", "waited longer than");
    }

    private static String trimmed(double percent) {
        return percent >= 1 ? String.valueOf(Math.round(percent)) : String.format(Locale.ROOT, "%.1f", percent);
    }

    private void curve(StringBuilder svg, int number, String name, Waits waits) {
        String colour = COLOURS.get(number % COLOURS.size());
        var points = new StringBuilder();
        for (int step = 0; step <= STEPS; step++) {
            double share = Math.pow(LEAST_SHARE, step / (double) STEPS);
            double millis = waits.percentileMillis(100 * (1 - share));
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(millis), y(share)));
        }
        svg.append(String.format(
                Locale.ROOT,
                "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"%s\"/>%n",
                colour,
                points.toString().strip()));
        double y = TOP + 14 + number * 22.0;
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%.0f\" width=\"18\" height=\"4\" fill=\"%s\"/>%n",
                WIDTH - RIGHT + 16,
                y - 6,
                colour));
        text(svg, WIDTH - RIGHT + 42, y, "start", name);
    }

    private double x(double millis) {
        double share = Math.log(Math.max(LEAST_MILLIS, millis) / LEAST_MILLIS) / Math.log(mostMillis / LEAST_MILLIS);
        return LEFT + share * (WIDTH - LEFT - RIGHT);
    }

    private static double y(double share) {
        double below = Math.log(1 / Math.max(LEAST_SHARE, share)) / Math.log(1 / LEAST_SHARE);
        return TOP + below * (HEIGHT - TOP - BOTTOM);
    }

    private static void line(StringBuilder svg, double x1, double y1, double x2, double y2) {
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#dddddd\"/>%n",
                x1,
                y1,
                x2,
                y2));
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"#222222\">%s</text>%n",
                x,
                y,
                anchor,
                text.replace("&", "&amp;").replace("<", "&lt;")));
    }
}
