// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.select;

import org.jspecify.annotations.Nullable;

/** A worker on the shelf of one demand that it serves; a link of that shelf's ring while the worker has a free slot. */
final class Offering {

    final Worker worker;
    final Shelf shelf;
    final Skill skill;
    final int typeTier;

    @Nullable
    Ring ring;

    @Nullable
    Offering previous;

    @Nullable
    Offering next;

    /** The next in the worker's list of offerings that are in no ring. */
    @Nullable
    Offering nextOut;

    Offering(Worker worker, Shelf shelf, Skill skill, int typeTier) {
        this.worker = worker;
        this.shelf = shelf;
        this.skill = skill;
        this.typeTier = typeTier;
    }

    int rank() {
        return typeTier * Skill.TIERS + skill.tier();
    }
}
