// SPDX-License-Identifier: GPL-3.0-only
/** What all servers of pictures have in common: what an imagine intent may ask for, and what a picture is known by. */
@NullMarked
package io.mtor.worker.model.image;

import org.jspecify.annotations.NullMarked;
