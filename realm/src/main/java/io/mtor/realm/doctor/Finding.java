// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.doctor;

/**
 * What was found about one thing.
 *
 * @param advice what to do about it; empty if nothing
 */
record Finding(Grade grade, String subject, String what, String advice) {

    enum Grade {
        GOOD,
        /** Something is missing that one can do without. */
        MISSING,
        /** A realm cannot start or work like this. */
        BAD
    }

    static Finding good(String subject, String what) {
        return new Finding(Grade.GOOD, subject, what, "");
    }

    static Finding missing(String subject, String what, String advice) {
        return new Finding(Grade.MISSING, subject, what, advice);
    }

    static Finding bad(String subject, String what, String advice) {
        return new Finding(Grade.BAD, subject, what, advice);
    }
}
