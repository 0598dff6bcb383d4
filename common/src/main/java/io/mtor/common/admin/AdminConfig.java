// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.admin;

import io.mtor.common.config.Key;

/** Where a service answers {@code /livez}, {@code /readyz} and {@code /metrics}. */
public record AdminConfig(
        @Key(doc = "Address of the admin port", byDefault = "127.0.0.1")
        String host,

        @Key(doc = "The admin port; 0 for none", byDefault = "0", atLeast = "0", atMost = "65535")
        int port) {}
