// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.config;

import java.util.function.Function;

/**
 * A type that a single configuration value can have.
 *
 * @param allowed what a user may write, as it stands in errors and in the reference
 * @param reader text to value; throws {@link IllegalArgumentException} for anything else
 * @param writer value to the text a user would write
 * @param secret whether the value must not be printed
 * @param explains whether the exception of the reader says in its own words what is wrong
 */
record ValueType(
        String allowed,
        Function<String, Object> reader,
        Function<Object, String> writer,
        boolean secret,
        boolean explains) {}
