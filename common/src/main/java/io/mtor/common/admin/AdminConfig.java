// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.admin;

import io.mtor.common.config.Key;
import org.jspecify.annotations.Nullable;

/** Where a process answers probes. */
public record AdminConfig(
        @Key(doc = "Address for /livez, /readyz and /metrics", byDefault = "127.0.0.1")
        String host,

        @Key(doc = "Port for /livez, /readyz and /metrics; left out, there is none", atLeast = "0", atMost = "65535")
        @Nullable
        Integer port) {}
