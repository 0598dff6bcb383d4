// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import io.mtor.common.protocol.QueryType;
import io.mtor.worker.discovery.Kind;
import io.mtor.worker.discovery.Names;
import io.mtor.worker.model.http.Dialect;
import io.mtor.worker.model.ollama.OllamaDialect;
import io.mtor.worker.model.openai.OpenAiDialect;
import io.mtor.worker.model.speech.PiperDialect;
import io.mtor.worker.model.speech.SpeechDialect;
import io.mtor.worker.model.speech.TranscriptionDialect;
import io.mtor.worker.model.speech.WhisperDialect;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * In which dialect each kind of model server is asked.
 *
 * @param maxMediaBytes a longer sound is a failure
 */
record Dialects(int maxMediaBytes) {

    /** The dialects of one server, by query type, for those it serves; they ask for its names anew with each intent. */
    Function<QueryType, Dialect> of(Kind kind, Supplier<Names> names) {
        return switch (kind) {
            case OLLAMA -> type -> new OllamaDialect();
            case LLAMA_CPP, VLLM, SGLANG, LM_STUDIO, OPENAI ->
                type -> new OpenAiDialect(model -> names.get().model(model));
            case WHISPER_CPP -> type -> new WhisperDialect();
            case SPEACHES -> type -> type.equals(QueryType.SPEAK) ? speech(names) : transcription(names);
            case KOKORO -> type -> speech(names);
            case PIPER -> type -> new PiperDialect("/synthesize", maxMediaBytes);
            case PIPER_1_3 -> type -> new PiperDialect("/", maxMediaBytes);
            case COMFYUI, A1111, SD_NEXT -> throw new IllegalArgumentException(kind + " takes more than one request");
        };
    }

    private Dialect speech(Supplier<Names> names) {
        return new SpeechDialect(
                model -> names.get().model(model), model -> names.get().voice(model), maxMediaBytes);
    }

    private static Dialect transcription(Supplier<Names> names) {
        return new TranscriptionDialect(model -> names.get().model(model));
    }
}
