// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.demo.paint;

/** Ridges, one behind the other, paler the farther they are; before them a mountain, if there is one. */
final class Land {

    private final Scene scene;

    private final Canvas canvas;

    private final Noise noise;

    private final int horizon;

    Land(Scene scene, Canvas canvas) {
        this.scene = scene;
        this.canvas = canvas;
        this.noise = new Noise(scene.seed() ^ 0x31);
        this.horizon = Painter.horizon(scene, canvas);
    }

    void paintRidges() {
        boolean mountain = scene.has(Subject.MOUNTAIN);
        int ridges = mountain ? 3 : 2;
        for (int i = 0; i < ridges; i++) {
            double near = i / (double) ridges;
            double height = (mountain ? 0.34 - 0.06 * i : 0.13 - 0.03 * i) * horizon;
            paintRidge(i, near, height);
        }
        if (mountain) {
            double side = noise.at(4, 4);
            double second = side > 0.5 ? 0.24 : 0.76;
            paintPeak(second + 0.06 * (noise.at(8, 8) - 0.5), 0.50, 0.44, 51);
            paintPeak(0.40 + 0.2 * side, 0.78, 0.62, 97);
        }
    }

    private void paintRidge(int i, double near, double height) {
        Palette palette = scene.palette();
        Tone base = palette.far().mix(palette.low(), 0.42 * (1 - near)).mix(palette.near(), 0.5 * near);
        for (int x = 0; x < canvas.width; x++) {
            double crest = noise.crests(x * (0.0042 + 0.0016 * i) + 13 * i, 2.7 * i, 6);
            double top = horizon - height * (0.30 + 0.85 * crest);
            paintColumn(x, top, base, palette.low().mix(palette.far(), 0.35), 0.75);
            canvas.shineSmooth(x, top, palette.rim(), 0.10 + 0.14 * near);
        }
    }

    private void paintColumn(int x, double top, Tone above, Tone below, double haze) {
        int first = (int) Math.floor(top);
        canvas.cover(x, first, above, first + 1 - top);
        for (int y = first + 1; y < horizon; y++) {
            double down = (y - top) / Math.max(1, horizon - top);
            canvas.cover(x, y, above.mix(below, haze * down * down), 1);
        }
    }

    /**
     * One mountain: a lit side and a dark one, parted by a ridge that wanders down from the top, folds on both, and
     * snow or neon on the edges.
     *
     * @param center where its top is, from 0 to 1
     * @param height of the sky that it takes
     * @param width of the picture that it takes, at its foot, to each side
     */
    private void paintPeak(double center, double height, double width, int salt) {
        double topX = center * canvas.width;
        double tall = height * horizon;
        double half = width * canvas.width * 0.5 * 1.25;
        for (int x = 0; x < canvas.width; x++) {
            double away = Math.abs(x - topX) / half;
            if (away >= 1) {
                continue;
            }
            double slope = Math.pow(1 - away, 1.32);
            double rough = noise.crests(x * 0.011 + salt, salt, 6) - 0.55;
            double small = noise.crests(x * 0.05 + salt, salt + 3.3, 3) - 0.5;
            double edge = slope + (0.30 * rough + 0.05 * small) * Math.min(1, 5 * away) * Math.pow(1 - away, 0.7);
            double top = horizon - tall * Math.max(0, edge);
            paintSlope(x, top, topX, tall, salt);
            if (top < horizon - 1) {
                canvas.shineSmooth(x, top, scene.palette().rim(), scene.hour() == Hour.NEON ? 0.85 : 0.16);
            }
        }
    }

    private void paintSlope(int x, double top, double topX, double tall, int salt) {
        Palette palette = scene.palette();
        boolean neon = scene.hour() == Hour.NEON;
        int first = (int) Math.floor(top);
        for (int y = Math.max(0, first); y < horizon; y++) {
            double down = (y - (horizon - tall)) / tall;
            double wander = (noise.clouds(y * 0.022 + salt, salt * 1.7, 4) - 0.5) * 150 * (0.10 + down);
            double side = (x - topX - wander) / (14 + 70 * down);
            double folds = noise.crests(x * 0.017 + y * 0.006 * Math.signum(side) + salt, y * 0.009 + salt, 5);
            double lit = 0.5 - 0.5 * Math.tanh(side * 1.6);
            double light = Math.clamp(0.16 + 0.62 * lit + 0.75 * (folds - 0.55), 0, 1);
            Tone rock = palette.near().mix(palette.far().mix(palette.mid(), 0.35), light);
            Tone shone = rock.mix(palette.low().mix(palette.sun(), 0.3), 0.42 * lit * light);
            double snow = neon ? 0 : Math.clamp((0.36 - down + 0.5 * (folds - 0.5)) * 5, 0, 1) * (0.35 + 0.65 * lit);
            Tone covered =
                    shone.mix(palette.sun().mix(Tone.WHITE, 0.5).mix(palette.mid(), 0.55 * (1 - light)), 0.85 * snow);
            double haze = 0.55 * Math.pow(Math.clamp(down, 0, 1), 2.4);
            double share = y == first ? first + 1 - top : 1;
            canvas.cover(x, y, covered.mix(palette.low().mix(palette.far(), 0.5), haze), share);
            if (neon && y > first) {
                paintNeon(x, y, folds, side, 1 - Math.clamp(down, 0, 1));
            }
        }
    }

    /** Thin lines of light where the folds are sharpest and along the middle ridge. */
    private void paintNeon(int x, int y, double folds, double side, double up) {
        Palette palette = scene.palette();
        double ridge = Math.exp(-side * side * 240);
        canvas.shine(x, y, palette.rim(), 0.65 * ridge * (0.25 + 0.75 * up));
        double fold = Math.max(0, folds - 0.84) * 3.4;
        canvas.shine(x, y, palette.rim().mix(palette.low(), 0.65), fold * (0.15 + 0.6 * up));
    }
}
