// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.client.core;

import java.net.URI;
import java.util.List;

/** What a client has to say of its connection. */
public sealed interface Link {

    /** A gateway speaks. */
    record Up(URI gateway) implements Link {}

    /** The connection is gone; the next one is being looked for. */
    record Lost(URI gateway, String why) implements Link {}

    /** No gateway was found within the limit: what was open has failed. The next intent begins the search anew. */
    record GaveUp(List<Tried> tried) implements Link {}
}
