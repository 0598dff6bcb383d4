// SPDX-License-Identifier: GPL-3.0-only
/** {@code mtor doctor}: what is wrong with this machine, in words. */
@NullMarked
package io.mtor.realm.doctor;

import org.jspecify.annotations.NullMarked;
