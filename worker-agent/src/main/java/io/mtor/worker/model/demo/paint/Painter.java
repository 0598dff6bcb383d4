// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.demo.paint;

import java.awt.image.BufferedImage;
import java.util.List;

/** Paints the scene that a prompt means, in a few steps from the back to the front. */
public final class Painter {

    public static final int WIDTH = 768;

    public static final int HEIGHT = 512;

    private final Scene scene;

    private final Canvas canvas;

    private final List<Runnable> steps;

    private int done;

    private Painter(Scene scene, int width, int height) {
        this.scene = scene;
        this.canvas = new Canvas(width, height);
        var sky = new Sky(scene, canvas);
        var land = new Land(scene, canvas);
        var detail = new Foreground(scene, canvas);
        this.steps = List.of(
                sky::paintAir, sky::paintLights, land::paintRidges, detail::paint, this::paintWater, this::finish);
    }

    /** A painter of what these words mean; each lot gives another picture of it, and the same one again. */
    public static Painter of(String prompt, long lot) {
        return new Painter(Scene.of(prompt, lot), WIDTH, HEIGHT);
    }

    /** The words of the prompt that chose what is to be seen; the others were only its seed. */
    public List<String> understood() {
        return scene.understood();
    }

    /** How many steps there are. */
    public int steps() {
        return steps.size();
    }

    /** Paints the next layer. */
    public void step() {
        steps.get(done++).run();
    }

    public boolean isDone() {
        return done == steps.size();
    }

    /** What is to be seen so far. */
    public BufferedImage picture() {
        return canvas.develop();
    }

    /** Where the land or the water begins, from the top. */
    static int horizon(Scene scene, Canvas canvas) {
        return (int) (canvas.height * (scene.has(Subject.SEA) ? 0.60 : 0.72));
    }

    /** Everything above the shore once more, upside down, broken by waves that grow towards us. */
    private void paintWater() {
        var noise = new Noise(scene.seed() ^ 0x77);
        int shore = horizon(scene, canvas);
        Tone deep = scene.palette().near().mix(scene.palette().mid(), 0.25);
        int depth = canvas.height - shore;
        for (int y = shore; y < canvas.height; y++) {
            double near = (y - shore) / (double) depth;
            // Waves look flatter the farther they are: their height on the picture grows with nearness.
            double lines = 190 * Math.log(1 + 7 * near);
            for (int x = 0; x < canvas.width; x++) {
                double wave = noise.clouds(x * (0.035 - 0.022 * near), lines * 0.16, 3) - 0.5;
                double ripple = noise.smooth(x * (0.09 - 0.05 * near), lines * 0.5) - 0.5;
                int fromX = (int) Math.round(x + 26 * wave * (0.25 + near));
                int fromY = (int) Math.round(shore - 1 - (y - shore) * 1.25 + (46 * wave + 9 * ripple) * near);
                int above = Math.clamp(fromY, 0, shore - 1);
                double mirror = 0.62 - 0.34 * near + 0.25 * ripple;
                canvas.cover(x, y, canvas.at(fromX, above).mix(deep, 1 - mirror), 1);
                canvas.shine(x, y, canvas.shineAt(fromX, above), 0.32 * (1 - near) + 0.05);
                double crest = Math.max(0, ripple + 0.8 * wave - 0.3) * (0.35 + near);
                canvas.light(x, y, scene.palette().low(), 0.5 * crest);
            }
        }
        paintShore(shore, noise);
    }

    /** Mist on the shore line: it hides where one mirrors the other. */
    private void paintShore(int shore, Noise noise) {
        Tone mist = scene.palette().low().mix(scene.palette().mid(), 0.35);
        int reach = canvas.height / 14;
        for (int y = shore - reach; y < shore + reach / 2; y++) {
            double above = (shore - y) / (double) reach;
            double away = above > 0 ? above : -2 * above;
            for (int x = 0; x < canvas.width; x++) {
                double thick = noise.clouds(x * 0.012 + 3, y * 0.05, 3);
                canvas.cover(x, y, mist, 0.55 * Math.pow(1 - Math.min(1, away), 2) * thick);
            }
        }
    }

    /** Glow, darker corners, a little grain. */
    private void finish() {
        canvas.glow(scene.hour().hasStars() ? 0.9 : 0.5);
        var noise = new Noise(scene.seed() ^ 0x99);
        for (int y = 0; y < canvas.height; y++) {
            for (int x = 0; x < canvas.width; x++) {
                double dx = 2.0 * x / canvas.width - 1;
                double dy = 2.0 * y / canvas.height - 1;
                double corner = 1 - 0.30 * Math.pow((dx * dx + dy * dy) / 2, 1.4);
                canvas.dim(x, y, corner * (0.994 + 0.012 * noise.at(x, y)));
            }
        }
    }
}
