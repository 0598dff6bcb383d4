// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.discovery;

/** The model servers that can be asked. */
public enum Kind {
    OLLAMA("ollama", 1, Api.OLLAMA),
    LLAMA_CPP("llama-cpp", 1),
    LOCAL_AI("local-ai", 1),
    KOBOLD_CPP("koboldcpp", 1, Api.KOBOLD_CPP),
    VLLM("vllm", 8),
    SGLANG("sglang", 8),
    TGI("tgi", 8),
    LM_STUDIO("lm-studio", 1),
    /** It has one lock around its model. */
    WHISPER_CPP("whisper-cpp", 1, Api.WHISPER_CPP),
    SPEACHES("speaches", 1),
    KOKORO("kokoro", 1),
    PIPER("piper", 1, Api.PIPER),
    /** Piper before version 1.4, which is asked elsewhere. */
    PIPER_1_3("piper", 1, Api.PIPER_1_3),
    XTTS("xtts", 1, Api.XTTS),
    COMFYUI("comfyui", 1, Api.COMFYUI),
    /** AUTOMATIC1111's web UI, and Forge. */
    A1111("a1111", 1, Api.WEBUI),
    SD_NEXT("sd-next", 1, Api.WEBUI),
    /** A service of the Wyoming protocol, which hears or speaks. */
    WYOMING("wyoming", 1, Api.WYOMING),
    /** A program of the host's own, as configured; nothing proves it. */
    PREDICT("predict", 1, Api.PREDICT),
    OPENAI("openai", 1);

    /** What a kind of server is asked by; kinds that share one differ only in how they are known. */
    public enum Api {
        /** OpenAI's: chat, speech, transcription, each at its own path. */
        OPENAI,
        /** The same, and AUTOMATIC1111's for pictures. */
        KOBOLD_CPP,
        OLLAMA,
        WHISPER_CPP,
        PIPER,
        PIPER_1_3,
        XTTS,
        /** A graph, and a socket that tells of it. */
        COMFYUI,
        /** Of AUTOMATIC1111, and those that grew from it. */
        WEBUI,
        WYOMING,
        PREDICT
    }

    private final String id;

    private final int slots;

    private final Api api;

    Kind(String id, int slots) {
        this(id, slots, Api.OPENAI);
    }

    Kind(String id, int slots, Api api) {
        this.id = id;
        this.slots = slots;
        this.api = api;
    }

    /** The part of a worker's id. */
    public String id() {
        return id;
    }

    public Api api() {
        return api;
    }

    /** Intents at once where the server does not tell. */
    int slots() {
        return slots;
    }
}
