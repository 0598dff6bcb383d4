// SPDX-License-Identifier: GPL-3.0-only
/** How the owner of a host speaks to its agent: a page and a few commands, from this machine only. */
@NullMarked
package io.mtor.worker.control;

import org.jspecify.annotations.NullMarked;
