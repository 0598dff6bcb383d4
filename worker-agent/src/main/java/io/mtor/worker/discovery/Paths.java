// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.discovery;

import java.util.List;
import java.util.stream.Stream;

/** What is asked of a port: reads only, cheap ones, none of which loads a model. */
final class Paths {

    static final String ROOT = "/";
    static final String LOCALAI = "/.well-known/localai.json";
    static final String LLAMA_PROPS = "/props";
    static final String VERSION = "/version";
    static final String LM_STUDIO_V1 = "/api/v1/models";
    static final String LM_STUDIO_V0 = "/api/v0/models";
    static final String OLLAMA_VERSION = "/api/version";
    static final String OLLAMA_TAGS = "/api/tags";
    static final String KOBOLD = "/api/extra/version";
    static final String OPENAI_MODELS = "/v1/models";

    static final String HEALTH = "/health";
    static final String OPENAPI = "/openapi.json";
    static final String KOKORO_VOICES = "/v1/audio/voices";
    static final String INFO = "/info";
    static final String PIPER_VOICES = "/voices";

    /** All but the root, which is asked first, since most ports refuse the connection. */
    static final List<String> BEHIND_ROOT = Stream.concat(
                    Stream.of(
                            LOCALAI,
                            LLAMA_PROPS,
                            LM_STUDIO_V1,
                            LM_STUDIO_V0,
                            OLLAMA_VERSION,
                            OLLAMA_TAGS,
                            KOBOLD,
                            OPENAI_MODELS,
                            HEALTH,
                            OPENAPI,
                            KOKORO_VOICES,
                            INFO,
                            PIPER_VOICES),
                    OpenAiServers.paths())
            .distinct()
            .toList();

    private Paths() {}
}
