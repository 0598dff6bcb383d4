// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.demo.paint;

/** The air, its clouds, the stars, and the sun or the moon. */
final class Sky {

    private final Scene scene;

    private final Canvas canvas;

    private final Noise noise;

    private final int horizon;

    private final int sunX;

    private final int sunY;

    private final int sunRadius;

    Sky(Scene scene, Canvas canvas) {
        this.scene = scene;
        this.canvas = canvas;
        this.noise = new Noise(scene.seed());
        this.horizon = Painter.horizon(scene, canvas);
        boolean high = scene.hour() == Hour.NIGHT || scene.hour() == Hour.DAY;
        double side = noise.at(1, 1);
        this.sunX = (int) (canvas.width * (high ? 0.2 + 0.6 * side : 0.36 + 0.28 * side));
        this.sunY = (int) (horizon * (high ? 0.24 : scene.hour() == Hour.NEON ? 0.56 : 0.74));
        this.sunRadius = (int) (canvas.height * sunSize(scene.hour()));
    }

    private static double sunSize(Hour hour) {
        return switch (hour) {
            case NEON -> 0.19;
            case SUNSET, DAWN -> 0.09;
            case NIGHT -> 0.055;
            case DAY -> 0.05;
        };
    }

    /** The colours of the air, clouds drawn out by the wind, and the light around the sun. */
    void paintAir() {
        Palette palette = scene.palette();
        for (int y = 0; y < canvas.height; y++) {
            double height = Math.min(1, y / (double) horizon);
            Tone air = palette.sky(height);
            for (int x = 0; x < canvas.width; x++) {
                canvas.cover(x, y, air, 1);
                double distance = Math.hypot(x - sunX, (y - sunY) * 1.15) / canvas.width;
                canvas.light(x, y, palette.low(), 0.42 * Math.exp(-distance * 5.2));
                paintCloud(x, y, height);
            }
        }
    }

    private void paintCloud(int x, int y, double height) {
        Palette palette = scene.palette();
        double warp = noise.clouds(x * 0.004, y * 0.008 + 40, 3);
        double cloud = noise.clouds(x * 0.0055 + 1.6 * warp, y * 0.0135 + 2.2 * warp, 5);
        if (scene.hour().hasStars()) {
            // A band of dust across the night.
            double band = Math.exp(
                    -Math.pow((y / (double) horizon - 0.32 - 0.25 * (x / (double) canvas.width - 0.5)) * 3.4, 2));
            double dust = Math.max(0, cloud - 0.36) * 2.1 * band * (1 - 0.6 * height);
            canvas.light(x, y, palette.mid().mix(palette.rim(), warp * 1.1 - 0.2), dust);
        } else {
            double thick = Math.clamp((cloud - 0.47) * 4.2, 0, 1) * (0.35 + 0.65 * height);
            double toSun = Math.exp(-Math.hypot(x - sunX, y - sunY) / (0.5 * canvas.width));
            Tone lit = palette.low().mix(palette.sun(), 0.35 + 0.6 * toSun);
            Tone shaded = palette.mid().mix(palette.low(), 0.45);
            canvas.cover(x, y, shaded.mix(lit, Math.clamp((cloud - 0.42) * 3.2, 0, 1)), 0.78 * thick);
        }
    }

    /** Stars where there are any, then the sun or the moon before them. */
    void paintLights() {
        if (scene.hour().hasStars()) {
            paintStars();
        }
        switch (scene.hour()) {
            case NEON -> paintStripedSun();
            case NIGHT -> paintMoon();
            case SUNSET, DAY, DAWN -> paintSun();
        }
    }

    private void paintStars() {
        int cell = 9;
        for (int cy = 0; cy < horizon / cell; cy++) {
            for (int cx = 0; cx <= canvas.width / cell; cx++) {
                double luck = noise.at(cx + 7000, cy);
                double fade = 1 - Math.pow(cy * cell / (double) horizon, 2.2);
                if (luck > 0.80 && fade > 0.05) {
                    int x = cx * cell + (int) (cell * noise.at(cx, cy + 9000));
                    int y = cy * cell + (int) (cell * noise.at(cx + 3000, cy + 3000));
                    double bright = Math.pow((luck - 0.80) / 0.20, 5) * 1.5 + 0.10;
                    paintStar(x, y, bright * fade, noise.at(cx + 5, cy + 5));
                }
            }
        }
    }

    private void paintStar(int x, int y, double bright, double warmth) {
        Tone tone = Tone.of(0xbcd3ff).mix(Tone.of(0xffe3c0), warmth);
        canvas.shine(x, y, tone, Math.min(1.1, bright));
        if (bright > 0.75) {
            for (int i = 1; i <= 3; i++) {
                double arm = bright * 0.34 / (i * i);
                canvas.shine(x - i, y, tone, arm);
                canvas.shine(x + i, y, tone, arm);
                canvas.shine(x, y - i, tone, arm);
                canvas.shine(x, y + i, tone, arm);
            }
        }
    }

    /** The sun of the nineteen-eighties: yellow above, pink below, and cut by bars that widen downwards. */
    private void paintStripedSun() {
        Palette palette = scene.palette();
        for (int y = sunY - sunRadius - 1; y <= sunY + sunRadius + 1; y++) {
            double down = (y - sunY + sunRadius) / (2.0 * sunRadius);
            double phase = Math.pow(Math.max(0, down - 0.38), 0.9) * 13;
            double bar = down < 0.40 ? 0 : Math.clamp((phase % 1 < 0.18 + 0.34 * down ? 1 : 0), 0, 1);
            Tone tone = palette.sun().mix(palette.low(), Math.clamp(down * 1.25, 0, 1));
            for (int x = sunX - sunRadius - 1; x <= sunX + sunRadius + 1; x++) {
                double inside = Math.clamp(sunRadius + 0.5 - Math.hypot(x - sunX, y - sunY), 0, 1);
                canvas.cover(x, y, tone, inside * (1 - bar));
                canvas.shine(x, y, tone, 0.34 * inside * (1 - bar));
            }
        }
    }

    private void paintSun() {
        for (int y = sunY - sunRadius - 1; y <= sunY + sunRadius + 1; y++) {
            for (int x = sunX - sunRadius - 1; x <= sunX + sunRadius + 1; x++) {
                double inside = Math.clamp(sunRadius + 0.5 - Math.hypot(x - sunX, y - sunY), 0, 1);
                canvas.cover(x, y, scene.palette().sun(), inside);
                canvas.shine(x, y, scene.palette().sun(), 0.85 * inside);
            }
        }
    }

    private void paintMoon() {
        Tone light = scene.palette().sun();
        for (int y = sunY - sunRadius - 1; y <= sunY + sunRadius + 1; y++) {
            for (int x = sunX - sunRadius - 1; x <= sunX + sunRadius + 1; x++) {
                double inside = Math.clamp(sunRadius + 0.5 - Math.hypot(x - sunX, y - sunY), 0, 1);
                double maria = noise.clouds(x * 0.06 + 11, y * 0.06 + 11, 4);
                double dark = Math.clamp((maria - 0.5) * 3, 0, 0.38);
                canvas.cover(x, y, light.times(1 - dark), inside);
                canvas.shine(x, y, light, 0.42 * inside * (1 - dark));
            }
        }
    }
}
