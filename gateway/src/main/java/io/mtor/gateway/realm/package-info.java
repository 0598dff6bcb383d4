// SPDX-License-Identifier: GPL-3.0-only
/** What a gateway knows of the realm: who is there, by their announcements. Pure. */
@NullMarked
package io.mtor.gateway.realm;

import org.jspecify.annotations.NullMarked;
