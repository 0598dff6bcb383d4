// SPDX-License-Identifier: GPL-3.0-only
/** ComfyUI, which is given a graph of nodes and tells over a WebSocket what becomes of it. */
@NullMarked
package io.mtor.worker.model.comfy;

import org.jspecify.annotations.NullMarked;
