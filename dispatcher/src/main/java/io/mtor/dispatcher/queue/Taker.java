// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.queue;

/** Whoever has a free slot and asks for the next intent. */
public interface Taker {

    Repertoire repertoire();

    /** False if it must leave this demand, which it serves, to others. */
    boolean mayServe(Demand demand);

    /** False if this intent, whose demand it may serve, should go to another. */
    boolean mayTake(Ticket ticket);
}
