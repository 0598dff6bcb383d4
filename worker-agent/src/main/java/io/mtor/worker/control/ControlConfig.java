// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.control;

import io.mtor.common.config.KeptFile;
import io.mtor.common.config.Key;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the owner of a host speaks to its agent. */
public record ControlConfig(
        @Key(doc = "Whether the agent has a page and takes commands, on 127.0.0.1 only", byDefault = "true")
        boolean on,

        @Key(doc = "Its port; if it is taken, a free one", byDefault = "8416", atLeast = "0", atMost = "65535")
        int port,

        @Key(
                doc = "File in which the agent writes where it can be reached and with what word, for its owner only;"
                        + " without it, .mtor/agent.json in the home directory")
        @Nullable
        Path file) {

    /** The file that names a running agent. */
    public Path reach() {
        return file == null ? KeptFile.usual("agent.json") : file;
    }
}
