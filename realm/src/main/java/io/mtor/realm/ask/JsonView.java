// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.ask;

import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.ProtocolJson;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.realm.client.core.Link;
import java.io.PrintStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Every message as one line of JSON; media as files, each named by a line. */
final class JsonView implements AskView {

    private final PrintStream out;
    private final MediaFiles files;

    JsonView(PrintStream out, @Nullable Path file) {
        this.out = out;
        this.files = new MediaFiles(file);
    }

    @Override
    public void onMessage(ServerMessage message) {
        out.println(ProtocolJson.encode(message));
    }

    @Override
    public void onLink(Link link) {
        if (link instanceof Link.Lost lost) {
            out.println(ProtocolJson.MAPPER
                    .createObjectNode()
                    .put("type", "lost")
                    .put("gateway", lost.gateway().toString())
                    .put("reason", lost.why()));
        }
    }

    @Override
    public void onMedia(Media media) {
        out.println(ProtocolJson.MAPPER
                .createObjectNode()
                .put("type", "file")
                .put("media_type", media.mediaType())
                .put("path", files.write(media).toString()));
    }

    @Override
    public void close() {
        out.flush();
    }
}
