// SPDX-License-Identifier: GPL-3.0-only
/** What keeps the sources as CONTRIBUTING.md says, as tests, so that nobody has to say it in a review. */
@NullMarked
package io.mtor.e2e.tidy;

import org.jspecify.annotations.NullMarked;
