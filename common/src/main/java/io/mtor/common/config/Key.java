// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one key of a configuration record: the one place from which its default, its limits, {@code --help} and the
 * reference page come.
 *
 * <pre>{@code
 * record Server(
 *         @Key(doc = "Port to listen on; 0 takes a free one", byDefault = "8080", atLeast = "0", atMost = "65535") int port,
 *         @Key(doc = "Origins a browser may come from", byDefault = {}) List<String> origins,
 *         @Key(doc = "Token an edge worker must show") @Nullable Secret joinToken) {}
 * }</pre>
 *
 * <p>A component without a default must be given, unless it is {@code @Nullable} (then it is null), a list (empty) or a
 * record of further keys (its own defaults).
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Key {

    /** What the key is for, in one sentence without the full stop. */
    String doc();

    /** The default, written as a user would write it; several for a list. */
    String[] byDefault() default {};

    /** The least allowed value, written as a user would write it; of each element, if the key is a list. */
    String atLeast() default "";

    /** The greatest allowed value. */
    String atMost() default "";
}
