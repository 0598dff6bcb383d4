// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.client.core;

import java.net.URI;

/** A gateway that could not be used, and why, in words for people. */
public record Tried(URI gateway, String why) {

    @Override
    public String toString() {
        return gateway + " (" + why + ")";
    }
}
