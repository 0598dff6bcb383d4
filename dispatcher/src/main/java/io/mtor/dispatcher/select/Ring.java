// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.select;

import org.jspecify.annotations.Nullable;

/** The free workers of one rank on one shelf, least recently used first: an intrusive list. */
final class Ring {

    final int rank;

    @Nullable
    Offering first;

    private @Nullable Offering last;

    Ring(int rank) {
        this.rank = rank;
    }

    void append(Offering offering) {
        Offering tail = last;
        offering.ring = this;
        offering.previous = tail;
        offering.next = null;
        if (tail == null) {
            first = offering;
        } else {
            tail.next = offering;
        }
        last = offering;
    }

    void remove(Offering offering) {
        Offering before = offering.previous;
        Offering after = offering.next;
        if (before == null) {
            first = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.previous = before;
        }
        offering.ring = null;
        offering.previous = null;
        offering.next = null;
    }
}
