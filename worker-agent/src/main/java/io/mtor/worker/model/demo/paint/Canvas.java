// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.demo.paint;

import java.awt.image.BufferedImage;

/** A picture in the making, as light; what shines is kept apart as well, so that it can glow at the end. */
final class Canvas {

    final int width;

    final int height;

    private final float[] image;

    private final float[] shine;

    Canvas(int width, int height) {
        this.width = width;
        this.height = height;
        this.image = new float[width * height * 3];
        this.shine = new float[width * height * 3];
    }

    /** Covers a point, and what shone there, with this share of the colour. */
    void cover(int x, int y, Tone tone, double share) {
        if (x < 0 || y < 0 || x >= width || y >= height || share <= 0) {
            return;
        }
        float a = (float) Math.min(1, share);
        int i = (y * width + x) * 3;
        image[i] += (tone.r() - image[i]) * a;
        image[i + 1] += (tone.g() - image[i + 1]) * a;
        image[i + 2] += (tone.b() - image[i + 2]) * a;
        for (int c = 0; c < 3; c++) {
            shine[i + c] *= 1 - a;
        }
    }

    /** Adds light to a point. */
    void light(int x, int y, Tone tone, double strength) {
        if (x < 0 || y < 0 || x >= width || y >= height || strength <= 0) {
            return;
        }
        float a = (float) strength;
        int i = (y * width + x) * 3;
        image[i] += tone.r() * a;
        image[i + 1] += tone.g() * a;
        image[i + 2] += tone.b() * a;
    }

    /** Adds light to a point that will glow. */
    void shine(int x, int y, Tone tone, double strength) {
        if (x < 0 || y < 0 || x >= width || y >= height || strength <= 0) {
            return;
        }
        light(x, y, tone, strength);
        float a = (float) strength;
        int i = (y * width + x) * 3;
        shine[i] += tone.r() * a;
        shine[i + 1] += tone.g() * a;
        shine[i + 2] += tone.b() * a;
    }

    /** A point between pixels is lit across the two pixels above and below it, so that lines are smooth. */
    void shineSmooth(int x, double y, Tone tone, double strength) {
        int top = (int) Math.floor(y);
        double below = y - top;
        shine(x, top, tone, strength * (1 - below));
        shine(x, top + 1, tone, strength * below);
    }

    Tone at(int x, int y) {
        int i = (Math.clamp(y, 0, height - 1) * width + Math.clamp(x, 0, width - 1)) * 3;
        return new Tone(image[i], image[i + 1], image[i + 2]);
    }

    Tone shineAt(int x, int y) {
        int i = (Math.clamp(y, 0, height - 1) * width + Math.clamp(x, 0, width - 1)) * 3;
        return new Tone(shine[i], shine[i + 1], shine[i + 2]);
    }

    /** Lets what shines glow: its light, spread wide and wider, is added to the picture. */
    void glow(double strength) {
        float[] near = shine.clone();
        blur(near, 4);
        float[] far = near.clone();
        blur(far, 22);
        for (int i = 0; i < image.length; i++) {
            image[i] += (float) (strength * (1.1 * near[i] + 1.3 * far[i]));
        }
    }

    /** Three box blurs in each direction come close to a Gaussian one. */
    private void blur(float[] light, int radius) {
        float[] line = new float[Math.max(width, height)];
        for (int pass = 0; pass < 3; pass++) {
            for (int c = 0; c < 3; c++) {
                for (int y = 0; y < height; y++) {
                    blurLine(light, y * width * 3 + c, 3, width, radius, line);
                }
                for (int x = 0; x < width; x++) {
                    blurLine(light, x * 3 + c, width * 3, height, radius, line);
                }
            }
        }
    }

    private static void blurLine(float[] light, int start, int step, int count, int radius, float[] line) {
        for (int i = 0; i < count; i++) {
            line[i] = light[start + i * step];
        }
        float sum = 0;
        for (int i = -radius; i <= radius; i++) {
            sum += line[Math.clamp(i, 0, count - 1)];
        }
        for (int i = 0; i < count; i++) {
            light[start + i * step] = sum / (2 * radius + 1);
            sum += line[Math.min(i + radius + 1, count - 1)] - line[Math.max(i - radius, 0)];
        }
    }

    /** Multiplies every point. */
    void dim(int x, int y, double factor) {
        int i = (y * width + x) * 3;
        for (int c = 0; c < 3; c++) {
            image[i + c] *= (float) factor;
        }
    }

    /** The picture for eyes: bright light bends softly to white in place of being cut off. */
    BufferedImage develop() {
        var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int i = (y * width + x) * 3;
                row[x] = eight(image[i]) << 16 | eight(image[i + 1]) << 8 | eight(image[i + 2]);
            }
            picture.setRGB(0, y, width, 1, row, 0, width);
        }
        return picture;
    }

    private static int eight(float light) {
        double bent = light < 0.7 ? light : 0.7 + 0.3 * (1 - Math.exp(-(light - 0.7) / 0.3));
        return Math.clamp(Math.round(bent * 255), 0, 255);
    }
}
