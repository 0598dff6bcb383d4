// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.speech;

import io.mtor.worker.model.Assigned;
import io.mtor.worker.model.http.BadInputException;
import io.mtor.worker.model.http.Decoder;
import io.mtor.worker.model.http.Dialect;
import io.mtor.worker.model.http.Post;

/**
 * {@code POST /inference} of whisper.cpp's server, which has one model and does not ask for its name. It reads WAV, and
 * other sounds only if it was built or started for them.
 */
public final class WhisperDialect implements Dialect {

    @Override
    public String answerType() {
        return "application/json";
    }

    @Override
    public Post write(Assigned work) throws BadInputException {
        return Recording.form(work.intent()).field("temperature", "0.0").post("/inference");
    }

    @Override
    public Decoder decoder() {
        return Transcript.decoder();
    }
}
