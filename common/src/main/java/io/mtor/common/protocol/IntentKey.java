// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.protocol;

/** How an intent is known inside the realm: by its user and its guid, so that nobody can touch another's. */
public record IntentKey(UserId user, IntentId guid) {}
