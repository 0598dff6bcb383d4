// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.sim;

import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.WorkerId;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a piece of text comes from, written in the text itself: so that whoever reads an answer can tell whether all of
 * it was made for this intent, by one run, without a gap or a repetition.
 *
 * @param worker the id of the worker, without what tells its lives apart
 * @param run counts the runs of this worker
 * @param number counts the pieces of this run, from 0
 * @param of how many there are when it is whole
 */
public record Mark(IntentId guid, String worker, long run, int number, int of) {

    private static final String END = ";";

    /** Who made it: all marks of one run share it, and no two runs do. */
    public String maker() {
        return worker + " " + run;
    }

    /** True if a worker with this id can have made it. */
    public boolean isOf(WorkerId id) {
        return id.value().equals(worker) || id.value().startsWith(worker + "-");
    }

    /** As it stands in the text. */
    public String text() {
        return guid + " " + worker + " " + run + " " + number + " " + of + END;
    }

    /**
     * The marks of a text, in order.
     *
     * @throws IllegalArgumentException if it is not made of whole marks
     */
    public static List<Mark> readAll(String text) {
        if (!text.isEmpty() && !text.endsWith(END)) {
            throw new IllegalArgumentException("it ends in the middle of a mark");
        }
        return Stream.of(text.split(END, -1))
                .filter(part -> !part.isEmpty())
                .map(Mark::read)
                .toList();
    }

    private static Mark read(String part) {
        String[] words = part.split(" ", -1);
        if (words.length != 5) {
            throw new IllegalArgumentException("a mark has five words, not " + words.length);
        }
        return new Mark(
                new IntentId(words[0]),
                words[1],
                Long.parseLong(words[2]),
                Integer.parseInt(words[3]),
                Integer.parseInt(words[4]));
    }
}
