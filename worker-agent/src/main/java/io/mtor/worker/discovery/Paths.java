// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.discovery;

import java.util.List;
import java.util.stream.Stream;

/** What is asked of a port: reads only, cheap ones, none of which loads a model. */
final class Paths {

    static final String ROOT = "/";
    static final String LOCALAI = "/.well-known/localai.json";
    static final String LOCALAI_SYSTEM = "/system";
    static final String LOCALAI_CAPABILITIES = "/v1/models/capabilities";
    static final String READY = "/readyz";
    static final String LLAMA_PROPS = "/props";
    static final String VERSION = "/version";
    static final String LM_STUDIO_V1 = "/api/v1/models";
    static final String LM_STUDIO_V0 = "/api/v0/models";
    static final String OLLAMA_VERSION = "/api/version";
    static final String OLLAMA_TAGS = "/api/tags";
    static final String OLLAMA_LOADED = "/api/ps";
    static final String KOBOLD = "/api/extra/version";
    static final String OPENAI_MODELS = "/v1/models";

    static final String HEALTH = "/health";
    static final String OPENAPI = "/openapi.json";
    static final String KOKORO_VOICES = "/v1/audio/voices";
    static final String INFO = "/info";
    static final String PIPER_VOICES = "/voices";
    static final String XTTS_SPEAKERS = "/speakers_list";
    static final String XTTS_LANGUAGES = "/languages";
    static final String INVOKEAI_VERSION = "/api/v1/app/version";
    static final String TRITON = "/v2";

    static final String COMFY_STATS = "/system_stats";
    static final String COMFY_CHECKPOINTS = "/object_info/CheckpointLoaderSimple";
    static final String COMFY_QUEUE = "/queue";
    static final String WEBUI_MODELS = "/sdapi/v1/sd-models";
    static final String WEBUI_OPTIONS = "/sdapi/v1/options";

    /** All but the root, which is asked first, since most ports refuse the connection. */
    static final List<String> BEHIND_ROOT = Stream.concat(
                    Stream.of(
                            LOCALAI,
                            LOCALAI_SYSTEM,
                            LOCALAI_CAPABILITIES,
                            READY,
                            LLAMA_PROPS,
                            LM_STUDIO_V1,
                            LM_STUDIO_V0,
                            OLLAMA_VERSION,
                            OLLAMA_TAGS,
                            OLLAMA_LOADED,
                            KOBOLD,
                            OPENAI_MODELS,
                            HEALTH,
                            OPENAPI,
                            KOKORO_VOICES,
                            INFO,
                            PIPER_VOICES,
                            XTTS_SPEAKERS,
                            XTTS_LANGUAGES,
                            INVOKEAI_VERSION,
                            TRITON,
                            COMFY_STATS,
                            COMFY_CHECKPOINTS,
                            COMFY_QUEUE,
                            WEBUI_MODELS,
                            WEBUI_OPTIONS),
                    OpenAiServers.paths())
            .distinct()
            .toList();

    private Paths() {}
}
