// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.world;

/** The kinds of trouble that a world can have. */
public enum FaultKind {
    /** Messages between processes are lost. */
    LOSS,
    /** … come twice. */
    DUPLICATION,
    /** … come half a second late. */
    DELAY,
    /** … overtake each other. */
    DISORDER,
    /** Some processes hear nothing of the others and the others nothing of them. */
    PARTITION,
    /** A process hears nothing, but is heard. */
    ONE_WAY,
    /** A process is cut off and back every two seconds. */
    FLAPPING,
    /** A process is killed; another one comes in its place. */
    CRASH,
    /** All health monitors are killed. */
    NO_MONITORS,
    /** A process is told to leave; another one comes in its place. */
    LEAVE,
    /** A process stands still and goes on. */
    PAUSE,
    /** A process is slow. */
    SLOW,
    /** A model server fails in mid-answer. */
    MODEL_FAILS,
    /** A model server takes an intent and makes nothing of it. */
    MODEL_HANGS,
    /** A model server fails everything within a millisecond. */
    FAILS_FAST,
    /** An intent kills every worker-agent that begins it. */
    POISON,
    /** Connections of clients are reset. */
    RESET,
    /** Connections of clients are dead, and one end does not notice. */
    HALF_OPEN,
    /** Clients do not read. */
    SLOW_READER,
    /** Somebody on the bus answers intents that nobody gave him, in the name of the worker that has them. */
    FORGERY,
    /** Many intents come at once. */
    FLASH_CROWD
}
