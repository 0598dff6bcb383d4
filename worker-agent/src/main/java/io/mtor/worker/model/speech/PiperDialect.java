// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.speech;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mtor.worker.model.Assigned;
import io.mtor.worker.model.http.BadInputException;
import io.mtor.worker.model.http.Decoder;
import io.mtor.worker.model.http.Dialect;
import io.mtor.worker.model.http.Messages;
import io.mtor.worker.model.http.Post;

/**
 * Piper's HTTP server. Each of its voices is a model, so the model chooses who speaks; a voice that is not announced never
 * reaches it, since it would look for a file of that name.
 */
public final class PiperDialect implements Dialect {

    private final String path;

    private final int maxBytes;

    /**
     * For one server.
     *
     * @param path {@code /synthesize}, or {@code /} before version 1.4
     * @param maxBytes a longer sound is a failure
     */
    public PiperDialect(String path, int maxBytes) {
        this.path = path;
        this.maxBytes = maxBytes;
    }

    @Override
    public String answerType() {
        return "audio/wav";
    }

    /** It calls its sounds {@code text/html}; their bytes tell. */
    @Override
    public boolean canBeAnswer(String contentType) {
        return true;
    }

    @Override
    public Post write(Assigned work) throws BadInputException {
        ObjectNode body = Messages.MAPPER.createObjectNode().put("text", Spoken.words(work.intent()));
        if (work.model() != null) {
            body.put("voice", work.model());
        }
        return Post.json(path, body);
    }

    @Override
    public Decoder decoder() {
        return Spoken.decoder(maxBytes);
    }
}
