// SPDX-License-Identifier: GPL-3.0-only
/** Configuration: a validated record per service, read from flags, environment and a TOML file, all errors at once. */
@NullMarked
package io.mtor.common.config;

import org.jspecify.annotations.NullMarked;
