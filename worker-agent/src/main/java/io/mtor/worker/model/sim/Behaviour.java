// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.sim;

/** What a simulated model server does with an intent. */
public enum Behaviour {
    /** All chunks in the given time, then the end. */
    ANSWER,
    /** Fails at once. */
    FAIL,
    /** Says that it is busy. */
    BUSY,
    /** Takes the intent and never says a word. */
    HANG,
    /** Half of the chunks, then silence. */
    HANG_MIDWAY,
    /** Half of the chunks, then a failure. */
    BREAK_MIDWAY
}
