// SPDX-License-Identifier: GPL-3.0-only
/** The built-in demo: what a realm can show honestly while no model server is there. */
@NullMarked
package io.mtor.worker.model.demo;

import org.jspecify.annotations.NullMarked;
