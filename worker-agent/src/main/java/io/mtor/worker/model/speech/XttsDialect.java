// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.speech;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mtor.common.protocol.Intent;
import io.mtor.worker.model.Assigned;
import io.mtor.worker.model.http.BadInputException;
import io.mtor.worker.model.http.Decoder;
import io.mtor.worker.model.http.Dialect;
import io.mtor.worker.model.http.Messages;
import io.mtor.worker.model.http.Post;
import java.util.Optional;
import java.util.function.Function;

/**
 * {@code POST /tts_to_audio/} of the XTTS API server, answered with a WAV sound. The parameter {@code voice} chooses who speaks,
 * {@code language} in which language, which it must be told: English, if the intent does not say.
 */
public final class XttsDialect implements Dialect {

    private static final String USUAL_LANGUAGE = "en";

    private final Function<String, Optional<String>> usualVoice;

    private final int maxBytes;

    /**
     * For one server.
     *
     * @param usualVoice from the name of a model as it is announced to the voice of an intent that names none
     * @param maxBytes a longer sound is a failure
     */
    public XttsDialect(Function<String, Optional<String>> usualVoice, int maxBytes) {
        this.usualVoice = usualVoice;
        this.maxBytes = maxBytes;
    }

    @Override
    public String answerType() {
        return "audio/wav";
    }

    /** Its bytes tell. */
    @Override
    public boolean canBeAnswer(String contentType) {
        return true;
    }

    @Override
    public Post write(Assigned work) throws BadInputException {
        Intent intent = work.intent();
        ObjectNode body = Messages.MAPPER.createObjectNode().put("text", Spoken.words(intent));
        Optional<String> voice = Messages.word(intent.parameters(), "voice", SpeechDialect.VOICE);
        String model = work.model();
        if (model != null) {
            voice = voice.or(() -> usualVoice.apply(model));
        }
        voice.ifPresent(name -> body.put("speaker_wav", name));
        body.put(
                "language",
                Messages.word(intent.parameters(), "language", Messages.LANGUAGE)
                        .orElse(USUAL_LANGUAGE));
        return Post.json("/tts_to_audio/", body);
    }

    @Override
    public Decoder decoder() {
        return Spoken.decoder(maxBytes);
    }
}
