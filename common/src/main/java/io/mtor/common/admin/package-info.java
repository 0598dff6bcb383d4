// SPDX-License-Identifier: GPL-3.0-only
/** The port for probes: is this process alive, and can it do its job? */
@NullMarked
package io.mtor.common.admin;

import org.jspecify.annotations.NullMarked;
