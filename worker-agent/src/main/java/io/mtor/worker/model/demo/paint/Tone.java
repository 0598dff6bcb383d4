// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.demo.paint;

/** A colour as light: components from 0, and above 1 where it shines. */
record Tone(float r, float g, float b) {

    static final Tone BLACK = new Tone(0, 0, 0);

    static final Tone WHITE = new Tone(1, 1, 1);

    /** From {@code 0xRRGGBB}. */
    static Tone of(int rgb) {
        return new Tone((rgb >> 16 & 255) / 255f, (rgb >> 8 & 255) / 255f, (rgb & 255) / 255f);
    }

    Tone mix(Tone other, double share) {
        float a = (float) Math.clamp(share, 0, 1);
        return new Tone(r + (other.r - r) * a, g + (other.g - g) * a, b + (other.b - b) * a);
    }

    Tone times(double factor) {
        float f = (float) factor;
        return new Tone(r * f, g * f, b * f);
    }
}
