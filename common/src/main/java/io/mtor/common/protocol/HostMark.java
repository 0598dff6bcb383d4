// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.protocol;

import java.util.regex.Pattern;

/** How people name a host: what {@link io.mtor.common.edge.HostKey#mark} makes of its key. */
public final class HostMark {

    private static final Pattern FORM = Pattern.compile("[a-z2-7]{12}");

    private HostMark() {}

    /** @throws IllegalArgumentException if no key has this mark */
    public static String require(String mark) {
        if (!FORM.matcher(mark).matches()) {
            throw new IllegalArgumentException("a mark has 12 characters, a to z and 2 to 7");
        }
        return mark;
    }
}
