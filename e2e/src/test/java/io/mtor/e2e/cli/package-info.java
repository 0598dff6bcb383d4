// SPDX-License-Identifier: GPL-3.0-only
/** The command line as a person meets it: real processes, real exit codes. */
@NullMarked
package io.mtor.e2e.cli;

import org.jspecify.annotations.NullMarked;
