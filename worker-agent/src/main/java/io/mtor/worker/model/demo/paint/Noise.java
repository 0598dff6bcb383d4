// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.demo.paint;

/** Smooth randomness: the same everywhere for the same seed. */
final class Noise {

    private final long seed;

    Noise(long seed) {
        this.seed = seed;
    }

    /** A number from 0 to 1 for a point of the grid. */
    double at(int x, int y) {
        long h = seed + x * 0x9E3779B97F4A7C15L + y * 0xC2B2AE3D27D4EB4FL;
        h = (h ^ (h >>> 30)) * 0xBF58476D1CE4E5B9L;
        h = (h ^ (h >>> 27)) * 0x94D049BB133111EBL;
        return ((h ^ (h >>> 31)) >>> 11) * 0x1.0p-53;
    }

    /** The same, smooth between the points of the grid. */
    double smooth(double x, double y) {
        int ix = (int) Math.floor(x);
        int iy = (int) Math.floor(y);
        double fx = eased(x - ix);
        double fy = eased(y - iy);
        double top = at(ix, iy) + (at(ix + 1, iy) - at(ix, iy)) * fx;
        double bottom = at(ix, iy + 1) + (at(ix + 1, iy + 1) - at(ix, iy + 1)) * fx;
        return top + (bottom - top) * fy;
    }

    /** Smooth noise in several sizes at once, each half as large and half as strong as the one before; 0 to 1. */
    double clouds(double x, double y, int octaves) {
        double sum = 0;
        double total = 0;
        double strength = 1;
        for (int i = 0; i < octaves; i++) {
            sum += strength * smooth(x + 17.3 * i, y - 9.1 * i);
            total += strength;
            strength *= 0.5;
            x *= 2.03;
            y *= 2.03;
        }
        return sum / total;
    }

    /** The same with sharp crests in place of soft hills; 0 to 1. */
    double crests(double x, double y, int octaves) {
        double sum = 0;
        double total = 0;
        double strength = 1;
        for (int i = 0; i < octaves; i++) {
            double crest = 1 - Math.abs(2 * smooth(x + 31.7 * i, y + 5.3 * i) - 1);
            sum += strength * crest * crest;
            total += strength;
            strength *= 0.48;
            x *= 2.11;
            y *= 2.11;
        }
        return sum / total;
    }

    private static double eased(double t) {
        return t * t * t * (t * (6 * t - 15) + 10);
    }
}
