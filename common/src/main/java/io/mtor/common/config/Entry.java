// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.config;

/**
 * One effective value.
 *
 * @param path the key
 * @param value as a user would write it; masked if it is a secret
 * @param origin where it came from: a flag, a variable, a file with its line, or the default
 */
public record Entry(String path, String value, String origin) {}
