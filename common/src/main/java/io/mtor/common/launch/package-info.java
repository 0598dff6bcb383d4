// SPDX-License-Identifier: GPL-3.0-only
/** The first class every jar of MTOR runs, written for any Java, so that it can say which one is needed. */
package io.mtor.common.launch;
