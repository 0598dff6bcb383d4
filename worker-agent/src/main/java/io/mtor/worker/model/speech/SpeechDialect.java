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
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * {@code POST /v1/audio/speech}, as OpenAI has it, answered with the bytes of a WAV sound. The parameter {@code voice} of
 * the intent chooses who speaks.
 */
public final class SpeechDialect implements Dialect {

    /** Servers look voices up among their files: no slash. Kokoro mixes them: {@code af_sky+af_bella(2)}. */
    static final Pattern VOICE = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.()+-]{0,99}");

    private final UnaryOperator<String> serverName;

    private final Function<String, Optional<String>> usualVoice;

    private final int maxBytes;

    /**
     * For one server.
     *
     * @param serverName from the name of a model as it is announced to the server's own name for it
     * @param usualVoice from the name of a model as it is announced to the voice of an intent that names none
     * @param maxBytes a longer sound is a failure
     */
    public SpeechDialect(
            UnaryOperator<String> serverName, Function<String, Optional<String>> usualVoice, int maxBytes) {
        this.serverName = serverName;
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
        ObjectNode body = Messages.MAPPER.createObjectNode();
        Optional<String> voice = Messages.word(intent.parameters(), "voice", VOICE);
        String model = work.model();
        if (model != null) {
            body.put("model", serverName.apply(model));
            voice = voice.or(() -> usualVoice.apply(model));
        }
        body.put("input", Spoken.words(intent));
        voice.ifPresent(name -> body.put("voice", name));
        body.put("response_format", "wav");
        return Post.json("/v1/audio/speech", body);
    }

    @Override
    public Decoder decoder() {
        return Spoken.decoder(maxBytes);
    }
}
