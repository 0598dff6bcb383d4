// SPDX-License-Identifier: GPL-3.0-only
/** The page that the gateway serves, checked as it is built. */
@NullMarked
package io.mtor.gateway.web;

import org.jspecify.annotations.NullMarked;
