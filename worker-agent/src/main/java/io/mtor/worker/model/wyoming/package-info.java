// SPDX-License-Identifier: GPL-3.0-only
/** Services of the Wyoming protocol, which is no HTTP: lines of JSON, each with the bytes that belong to it. */
@NullMarked
package io.mtor.worker.model.wyoming;

import org.jspecify.annotations.NullMarked;
