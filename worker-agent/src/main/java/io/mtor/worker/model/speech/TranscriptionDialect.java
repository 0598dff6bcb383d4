// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.speech;

import io.mtor.worker.model.Assigned;
import io.mtor.worker.model.http.BadInputException;
import io.mtor.worker.model.http.Decoder;
import io.mtor.worker.model.http.Dialect;
import io.mtor.worker.model.http.Form;
import io.mtor.worker.model.http.Post;
import java.util.function.UnaryOperator;

/** {@code POST /v1/audio/transcriptions}, as OpenAI has it: a form, answered as JSON once all is transcribed. */
public final class TranscriptionDialect implements Dialect {

    private final UnaryOperator<String> serverName;

    /** @param serverName from the name of a model as it is announced to the server's own name for it */
    public TranscriptionDialect(UnaryOperator<String> serverName) {
        this.serverName = serverName;
    }

    @Override
    public String answerType() {
        return "application/json";
    }

    @Override
    public Post write(Assigned work) throws BadInputException {
        Form form = Recording.form(work.intent());
        if (work.model() != null) {
            form.field("model", serverName.apply(work.model()));
        }
        return form.post("/v1/audio/transcriptions");
    }

    @Override
    public Decoder decoder() {
        return Transcript.decoder();
    }
}
