// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.discovery;

/** The model servers that can be asked. */
public enum Kind {
    OLLAMA("ollama", 1),
    LLAMA_CPP("llama-cpp", 1),
    VLLM("vllm", 8),
    SGLANG("sglang", 8),
    LM_STUDIO("lm-studio", 1),
    /** It has one lock around its model. */
    WHISPER_CPP("whisper-cpp", 1),
    SPEACHES("speaches", 1),
    KOKORO("kokoro", 1),
    PIPER("piper", 1),
    /** Piper before version 1.4, which is asked elsewhere. */
    PIPER_1_3("piper", 1),
    COMFYUI("comfyui", 1),
    /** AUTOMATIC1111's web UI, and Forge. */
    A1111("a1111", 1),
    SD_NEXT("sd-next", 1),
    OPENAI("openai", 1);

    private final String id;

    private final int slots;

    Kind(String id, int slots) {
        this.id = id;
        this.slots = slots;
    }

    /** The part of a worker's id. */
    public String id() {
        return id;
    }

    /** Intents at once where the server does not tell. */
    int slots() {
        return slots;
    }
}
