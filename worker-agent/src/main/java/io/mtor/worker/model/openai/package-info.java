// SPDX-License-Identifier: GPL-3.0-only
/** llama.cpp, vLLM and others that speak OpenAI's chat completions. */
@NullMarked
package io.mtor.worker.model.openai;

import org.jspecify.annotations.NullMarked;
