// SPDX-License-Identifier: GPL-3.0-only
/** AUTOMATIC1111, Forge and SD.Next, which answer once the picture is done and are asked meanwhile how far it is. */
@NullMarked
package io.mtor.worker.model.webui;

import org.jspecify.annotations.NullMarked;
