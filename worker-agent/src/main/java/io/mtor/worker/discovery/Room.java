// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.discovery;

/**
 * How many intents a model server shall have at once, by what it says of itself.
 *
 * <p>Where its slots are known, what other programs on this host run in it takes theirs; but only what two looks in a row
 * show, since an intent of ours may begin or end between its count and ours. Where they are not known, a line that forms in
 * it twice in a row halves what it is given, and each look without a line gives one more.
 */
public final class Room {

    private final boolean known;

    private int given = Integer.MAX_VALUE;

    private int othersBefore;

    private boolean waitedBefore;

    private Room(boolean known) {
        this.known = known;
    }

    /** For a server of this kind. */
    public static Room of(Kind kind) {
        return new Room(kind == Kind.LLAMA_CPP || kind == Kind.KOBOLD_CPP);
    }

    /**
     * After one look.
     *
     * @param most what it may have at most
     * @param ours how many it works on for us, by our own count
     * @return from 0, where all its slots are known to be taken by others, or else from 1, to {@code most}
     */
    public int after(Busy busy, int most, int ours) {
        return known ? besideOthers(busy, most, ours) : withoutALine(busy, most);
    }

    private int besideOthers(Busy busy, int most, int ours) {
        int others = Math.max(0, busy.running() + busy.waiting() - ours);
        int sure = Math.min(others, othersBefore);
        othersBefore = others;
        return Math.max(0, most - sure);
    }

    private int withoutALine(Busy busy, int most) {
        boolean waits = busy.waiting() > 0;
        int before = Math.min(given, most);
        if (!waits) {
            given = Math.min(before + 1, most);
        } else if (waitedBefore) {
            given = Math.max(1, before / 2);
        } else {
            given = before;
        }
        waitedBefore = waits;
        return given;
    }
}
