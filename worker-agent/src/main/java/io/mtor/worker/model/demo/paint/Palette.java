// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.demo.paint;

import java.util.Map;

/**
 * The colours of a scene.
 *
 * @param low the sky just above the horizon
 * @param rim the light on edges
 */
record Palette(Tone top, Tone mid, Tone low, Tone sun, Tone rim, Tone far, Tone near) {

    private static final Palette NEON = of(0x0a0322, 0x4a1070, 0xff4f9a, 0xffc45c, 0x2de6ff, 0x4a1a78, 0x0b0422);

    private static final Palette SUNSET = of(0x1b2757, 0xb9507c, 0xffb765, 0xffefc0, 0xffd294, 0x855079, 0x1b132c);

    private static final Palette NIGHT = of(0x02040f, 0x0a1636, 0x27476e, 0xf3f0df, 0xa8c8ff, 0x1c2f52, 0x040915);

    private static final Palette DAY = of(0x2c6bc0, 0x84bbec, 0xe6f2f8, 0xfffbe6, 0xfafdff, 0x9dbbd2, 0x2f4a5e);

    private static final Palette DAWN = of(0x35487a, 0xcf93a8, 0xffdcb4, 0xfff1d6, 0xffe3cb, 0x9a86a6, 0x2b2a48);

    private static final Map<String, Tone> COLOURS = Map.ofEntries(
            Map.entry("red", Tone.of(0xff3b3b)),
            Map.entry("rot", Tone.of(0xff3b3b)),
            Map.entry("orange", Tone.of(0xff8a2a)),
            Map.entry("gold", Tone.of(0xffc94a)),
            Map.entry("yellow", Tone.of(0xffe14a)),
            Map.entry("gelb", Tone.of(0xffe14a)),
            Map.entry("green", Tone.of(0x3dff8f)),
            Map.entry("grün", Tone.of(0x3dff8f)),
            Map.entry("turquoise", Tone.of(0x2ff3d6)),
            Map.entry("türkis", Tone.of(0x2ff3d6)),
            Map.entry("blue", Tone.of(0x3b82ff)),
            Map.entry("blau", Tone.of(0x3b82ff)),
            Map.entry("violet", Tone.of(0x9a5bff)),
            Map.entry("violett", Tone.of(0x9a5bff)),
            Map.entry("purple", Tone.of(0x9a5bff)),
            Map.entry("lila", Tone.of(0x9a5bff)),
            Map.entry("pink", Tone.of(0xff5fb0)),
            Map.entry("rosa", Tone.of(0xff8fc4)));

    private static Palette of(int top, int mid, int low, int sun, int rim, int far, int near) {
        return new Palette(
                Tone.of(top), Tone.of(mid), Tone.of(low), Tone.of(sun), Tone.of(rim), Tone.of(far), Tone.of(near));
    }

    static Palette of(Hour hour) {
        return switch (hour) {
            case NEON -> NEON;
            case SUNSET -> SUNSET;
            case NIGHT -> NIGHT;
            case DAY -> DAY;
            case DAWN -> DAWN;
        };
    }

    /** Leans towards the colour that a word names; the same palette if it names none. */
    Palette leaning(String word) {
        Tone tone = COLOURS.entrySet().stream()
                .filter(each -> word.startsWith(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
        if (tone == null) {
            return this;
        }
        return new Palette(
                top.mix(tone.times(0.18), 0.45),
                mid.mix(tone.times(0.6), 0.6),
                low.mix(tone, 0.34),
                sun.mix(tone, 0.15),
                rim.mix(tone, 0.6),
                far.mix(tone.times(0.45), 0.4),
                near.mix(tone.times(0.1), 0.4));
    }

    /** The sky at this height: 0 at the top, 1 at the horizon. */
    Tone sky(double height) {
        return height < 0.55 ? top.mix(mid, height / 0.55) : mid.mix(low, Math.pow((height - 0.55) / 0.45, 1.25));
    }
}
