// SPDX-License-Identifier: GPL-3.0-only
/** {@code mtor cluster}: the parts of a realm as processes of their own, on this machine. */
@NullMarked
package io.mtor.realm.cluster;

import org.jspecify.annotations.NullMarked;
