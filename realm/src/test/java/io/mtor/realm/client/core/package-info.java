// SPDX-License-Identifier: GPL-3.0-only
/** What a client decides, tried without a socket. */
@NullMarked
package io.mtor.realm.client.core;

import org.jspecify.annotations.NullMarked;
