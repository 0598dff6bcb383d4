// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.chaos.proxy;

/**
 * How data pass.
 *
 * @param sliceBytes the most that is written at once; 0 for as much as came
 * @param delayMillis how much later they arrive
 */
public record Shape(int sliceBytes, long delayMillis) {

    /** As they came. */
    public static final Shape PLAIN = new Shape(0, 0);
}
