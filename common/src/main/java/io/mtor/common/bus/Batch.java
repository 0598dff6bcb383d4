// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.bus;

import java.util.List;

/** Messages to one address that were sent in one turn of an event loop, in their order; they travel as one. */
record Batch(List<BusMessage> messages) {}
