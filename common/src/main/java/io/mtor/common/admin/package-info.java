// SPDX-License-Identifier: GPL-3.0-only
/** The admin port: is this process alive, can it do its job, and what has it counted? */
@NullMarked
package io.mtor.common.admin;

import org.jspecify.annotations.NullMarked;
