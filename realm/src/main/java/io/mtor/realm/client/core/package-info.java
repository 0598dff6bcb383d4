// SPDX-License-Identifier: GPL-3.0-only
/** What a client decides: where to connect and when, what to send again, what may be shown. Pure. */
@NullMarked
package io.mtor.realm.client.core;

import org.jspecify.annotations.NullMarked;
