// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.config;

import java.util.List;
import java.util.stream.Collectors;

/** What was given is no valid configuration; everything that is wrong with it, at once. */
public final class ConfigException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<ConfigError> errors;

    ConfigException(List<ConfigError> errors) {
        super(errors.stream().map(ConfigError::toString).collect(Collectors.joining("\n")));
        this.errors = List.copyOf(errors);
    }

    /** Every error, in the order flags, environment, file, values. */
    public List<ConfigError> errors() {
        return errors;
    }
}
