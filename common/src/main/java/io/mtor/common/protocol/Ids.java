// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.protocol;

/** What the id types of the protocol have in common: how they are checked. */
final class Ids {

    static final int MAX_LENGTH = 128;

    private Ids() {}

    /**
     * Returns the id if it is one to {@value #MAX_LENGTH} printable ASCII characters without space.
     *
     * @throws IllegalArgumentException naming {@code what} and what was wrong
     */
    static String checked(String id, String what) {
        if (id.isEmpty() || id.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(what + " must have 1 to " + MAX_LENGTH + " characters");
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c <= ' ' || c > '~' || c == '"' || c == '\\') {
                throw new IllegalArgumentException(
                        what + " must be printable ASCII without spaces, quotes or backslashes");
            }
        }
        return id;
    }
}
