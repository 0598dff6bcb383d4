// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.ask;

import io.mtor.realm.client.Answer;
import io.mtor.realm.client.core.Link;

/** How an answer is shown. */
interface AskView extends Answer.Listener {

    /** The connection was found, lost, or given up. */
    void onLink(Link link);

    /** Called several times a second while something is awaited. */
    default void tick() {}

    /** Nothing more follows. */
    void close();
}
