// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.discovery;

import java.util.List;

/** What is asked of a port: reads only, cheap ones, none of which loads a model. */
final class Paths {

    static final String ROOT = "/";
    static final String LOCALAI = "/.well-known/localai.json";
    static final String LLAMA_PROPS = "/props";
    static final String VLLM_VERSION = "/version";
    static final String SGLANG_INFO = "/get_model_info";
    static final String LM_STUDIO_V1 = "/api/v1/models";
    static final String LM_STUDIO_V0 = "/api/v0/models";
    static final String OLLAMA_VERSION = "/api/version";
    static final String OLLAMA_TAGS = "/api/tags";
    static final String KOBOLD = "/api/extra/version";
    static final String OPENAI_MODELS = "/v1/models";

    static final String HEALTH = "/health";
    static final String OPENAPI = "/openapi.json";
    static final String KOKORO_VOICES = "/v1/audio/voices";
    static final String PIPER_INFO = "/info";
    static final String PIPER_VOICES = "/voices";

    static final String COMFY_STATS = "/system_stats";
    static final String COMFY_CHECKPOINTS = "/object_info/CheckpointLoaderSimple";
    static final String COMFY_QUEUE = "/queue";
    static final String WEBUI_MODELS = "/sdapi/v1/sd-models";
    static final String WEBUI_OPTIONS = "/sdapi/v1/options";

    /** All but the root, which is asked first, since most ports refuse the connection. */
    static final List<String> BEHIND_ROOT = List.of(
            LOCALAI,
            LLAMA_PROPS,
            VLLM_VERSION,
            SGLANG_INFO,
            LM_STUDIO_V1,
            LM_STUDIO_V0,
            OLLAMA_VERSION,
            OLLAMA_TAGS,
            KOBOLD,
            OPENAI_MODELS,
            HEALTH,
            OPENAPI,
            KOKORO_VOICES,
            PIPER_INFO,
            PIPER_VOICES,
            COMFY_STATS,
            COMFY_CHECKPOINTS,
            COMFY_QUEUE,
            WEBUI_MODELS,
            WEBUI_OPTIONS);

    private Paths() {}
}
