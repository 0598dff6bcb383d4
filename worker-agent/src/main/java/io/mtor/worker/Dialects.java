// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import io.mtor.common.protocol.QueryType;
import io.mtor.worker.discovery.Kind;
import io.mtor.worker.discovery.Names;
import io.mtor.worker.model.http.Dialect;
import io.mtor.worker.model.image.ImagesDialect;
import io.mtor.worker.model.ollama.OllamaDialect;
import io.mtor.worker.model.openai.OpenAiDialect;
import io.mtor.worker.model.predict.PredictDialect;
import io.mtor.worker.model.speech.PiperDialect;
import io.mtor.worker.model.speech.SpeechDialect;
import io.mtor.worker.model.speech.TranscriptionDialect;
import io.mtor.worker.model.speech.WhisperDialect;
import io.mtor.worker.model.speech.XttsDialect;
import io.mtor.worker.model.texts.EmbedDialect;
import io.mtor.worker.model.texts.RerankDialect;
import io.mtor.worker.model.webui.WebUiDialect;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * In which dialect each kind of model server is asked.
 *
 * @param maxMediaBytes a longer sound or picture is a failure
 */
record Dialects(int maxMediaBytes) {

    /** The dialects of one server, by query type, for those it serves; they ask for its names anew with each intent. */
    Function<QueryType, Dialect> of(Kind kind, Supplier<Names> names) {
        return switch (kind.api()) {
            case OPENAI -> type -> openAi(type, names);
            case KOBOLD_CPP ->
                type -> type.equals(QueryType.IMAGINE) ? WebUiDialect.imitated(maxMediaBytes) : openAi(type, names);
            case OLLAMA -> type -> type.equals(QueryType.EMBED) ? EmbedDialect.ollama() : new OllamaDialect();
            case WHISPER_CPP -> type -> new WhisperDialect();
            case PIPER -> type -> new PiperDialect("/synthesize", maxMediaBytes);
            case XTTS -> type -> new XttsDialect(model -> names.get().voice(model), maxMediaBytes);
            case PREDICT -> type -> new PredictDialect(maxMediaBytes);
            case PIPER_1_3 -> type -> new PiperDialect("/", maxMediaBytes);
            case COMFYUI, WEBUI, WYOMING -> throw new IllegalArgumentException(kind + " takes more than one request");
        };
    }

    private Dialect openAi(QueryType type, Supplier<Names> names) {
        return switch (type.value()) {
            case "speak" -> speech(names);
            case "transcribe" -> transcription(names);
            case "embed" -> EmbedDialect.openAi(model -> names.get().model(model));
            case "imagine" -> new ImagesDialect(model -> names.get().model(model), maxMediaBytes);
            case "rerank" -> new RerankDialect(model -> names.get().model(model));
            default -> new OpenAiDialect(model -> names.get().model(model));
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
