// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.demo.paint;

/** What stands at the shore: a city, a forest, or nothing. */
final class Foreground {

    private final Scene scene;

    private final Canvas canvas;

    private final Noise noise;

    private final int horizon;

    Foreground(Scene scene, Canvas canvas) {
        this.scene = scene;
        this.canvas = canvas;
        this.noise = new Noise(scene.seed() ^ 0x53);
        this.horizon = Painter.horizon(scene, canvas);
    }

    void paint() {
        if (scene.has(Subject.CITY)) {
            paintHouses(0.30, 0.45, 11);
            paintHouses(0.44, 0.80, 29);
        }
        if (scene.has(Subject.FOREST)) {
            paintTrees(0.13, 0.35, 7, 17);
            paintTrees(0.20, 0.65, 11, 37);
            paintTrees(0.30, 1.00, 17, 71);
        }
    }

    /**
     * A row of houses.
     *
     * @param tallest as a share of the sky
     * @param near 0 pale and far, 1 dark and near
     */
    private void paintHouses(double tallest, double near, int salt) {
        Palette palette = scene.palette();
        Tone wall = palette.far().mix(palette.near(), near);
        int x = -8;
        for (int i = 0; x < canvas.width; i++) {
            int width = (int) (14 + 34 * noise.at(i, salt));
            double middle = 1 - Math.pow(2.0 * x / canvas.width - 1, 2);
            double rise = Math.pow(noise.at(i, salt + 1), 1.6);
            int tall = (int) (horizon * tallest * (0.22 + 0.78 * rise * (0.35 + 0.65 * middle)));
            paintHouse(x, width, horizon - tall, wall, i * 131 + salt);
            x += width + (noise.at(i, salt + 2) > 0.7 ? 4 : 0);
        }
    }

    private void paintHouse(int left, int width, int top, Tone wall, int salt) {
        Palette palette = scene.palette();
        for (int y = top; y < horizon; y++) {
            double down = (y - top) / (double) Math.max(1, horizon - top);
            for (int x = left; x < left + width; x++) {
                double sideLight = 0.12 * (1 - (x - left) / (double) width);
                Tone tone = wall.mix(palette.low(), sideLight + 0.30 * down * down);
                canvas.cover(x, y, tone, 1);
            }
        }
        paintWindows(left, width, top, salt);
        for (int x = left; x < left + width; x++) {
            canvas.shine(x, top, palette.rim(), scene.hour() == Hour.NEON ? 0.45 : 0.10);
        }
        if (noise.at(salt, 5) > 0.72) {
            int mast = left + width / 2;
            int high = (int) (10 + 26 * noise.at(salt, 6));
            for (int y = top - high; y < top; y++) {
                canvas.cover(mast, y, wall, 0.9);
            }
            canvas.shine(mast, top - high, Tone.of(0xff3b4a), 1.4);
        }
    }

    private void paintWindows(int left, int width, int top, int salt) {
        boolean dark = scene.hour() != Hour.DAY;
        Tone warm = Tone.of(0xffd27a).mix(scene.palette().rim(), noise.at(salt, 7) * 0.75);
        for (int y = top + 6; y < horizon - 6; y += 6) {
            for (int x = left + 3; x < left + width - 3; x += 5) {
                double luck = noise.at(x + salt, y);
                if (dark && luck > 0.52) {
                    double bright = 0.22 + 0.75 * Math.pow((luck - 0.52) / 0.48, 2.5);
                    for (int dx = 0; dx < 2; dx++) {
                        for (int dy = 0; dy < 3; dy++) {
                            canvas.shine(x + dx, y + dy, warm, bright);
                        }
                    }
                } else if (!dark && luck > 0.35) {
                    canvas.light(x, y, scene.palette().mid(), 0.18);
                    canvas.light(x + 1, y, scene.palette().mid(), 0.18);
                }
            }
        }
    }

    /** A row of firs, each a stack of ragged branches. */
    private void paintTrees(double tallest, double near, int step, int salt) {
        Palette palette = scene.palette();
        Tone needle = palette.far().mix(palette.near(), near).mix(Tone.of(0x0c3b2a), 0.22);
        for (int i = -2; i * step < canvas.width + step; i++) {
            double x = i * step + step * (noise.at(i, salt) - 0.5) * 1.3;
            double grove = noise.clouds(x * 0.006 + salt, salt, 3);
            double tall = horizon * tallest * (0.45 + 0.75 * grove) * (0.65 + 0.5 * noise.at(i, salt + 1));
            paintTree(x, tall, needle, i * 17 + salt);
        }
    }

    private void paintTree(double x, double tall, Tone needle, int salt) {
        Palette palette = scene.palette();
        double top = horizon - tall;
        for (int y = (int) top; y < horizon; y++) {
            double down = (y - top) / tall;
            double saw = 0.58 + 0.42 * ((down * (7 + 4 * noise.at(salt, 3))) % 1);
            double half = tall * 0.19 * Math.pow(down, 0.85) * saw + 0.6;
            for (int px = (int) (x - half - 1); px <= x + half + 1; px++) {
                double ragged = half * (0.78 + 0.44 * noise.at(px + salt, y));
                double inside = Math.clamp(ragged - Math.abs(px - x) + 0.5, 0, 1);
                double sideLight = Math.clamp((x - px) / (half + 1), -1, 1);
                Tone tone = needle.mix(palette.low(), 0.07 + 0.07 * sideLight + 0.20 * down * down);
                canvas.cover(px, y, tone, inside);
            }
        }
    }
}
