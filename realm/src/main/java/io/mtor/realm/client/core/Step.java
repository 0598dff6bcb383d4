// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.client.core;

import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.ServerMessage;
import java.net.URI;
import java.util.List;

/** What is to be done, in order. */
public sealed interface Step {

    /** Open a connection; what comes of it is an event. */
    record Connect(URI gateway) implements Step {}

    /** Let go of the connection, or of the attempt to make one: no event of it counts from now on. */
    record Drop() implements Step {}

    /** Send this on the connection. */
    record Send(ClientMessage message) implements Step {}

    /** Send the bytes of a medium, as a binary stream with this number. */
    record Upload(int stream, Bytes bytes) implements Step {}

    /** Tell the one who asked. */
    record Tell(IntentId guid, ServerMessage message) implements Step {}

    /** Tell the one who asked that a medium is whole. */
    record TellMedia(IntentId guid, Media media) implements Step {}

    /** Tell whoever listens to what belongs to no open intent. */
    record TellOther(ServerMessage message) implements Step {}

    /** Tell whoever watches the connection. */
    record TellLink(Link link) implements Step {}

    /** Tell the one who asked that there is no gateway. */
    record Fail(IntentId guid, List<Tried> tried) implements Step {}
}
