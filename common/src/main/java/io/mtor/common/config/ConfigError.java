// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.config;

/**
 * One thing that is wrong with what was given.
 *
 * @param path the key, such as {@code gateway.port}; or what was given in place of one
 * @param origin where it came from: a flag, a variable, a file with its line
 * @param problem what was expected and what came
 */
public record ConfigError(String path, String origin, String problem) {

    @Override
    public String toString() {
        return path + " (" + origin + "): " + problem;
    }
}
