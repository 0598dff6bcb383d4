// SPDX-License-Identifier: GPL-3.0-only
/** The admin port of a service: is it alive, can it do its job, what has it counted. */
@NullMarked
package io.mtor.common.admin;

import org.jspecify.annotations.NullMarked;
