// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.testing;

import io.mtor.worker.model.http.Answer;
import io.mtor.worker.model.http.Decoder;
import io.mtor.worker.model.http.LineDecoder;
import io.mtor.worker.model.http.Lines;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads a whole body that the network has cut into two. */
public final class Decoding {

    private Decoding() {}

    /** What the body means when it comes in two chunks, cut at this byte. */
    public static List<Answer> of(Decoder decoder, byte[] body, int cut) {
        List<Answer> answers = new ArrayList<>();
        answers.addAll(decoder.feed(Arrays.copyOf(body, cut)));
        answers.addAll(decoder.feed(Arrays.copyOfRange(body, cut, body.length)));
        answers.addAll(decoder.end());
        answers.removeIf(Answer.Alive.class::isInstance);
        return answers;
    }

    /** The same for lines. */
    public static List<Answer> of(LineDecoder decoder, String body, int cut) {
        return of(new Lines(decoder), body.getBytes(StandardCharsets.UTF_8), cut);
    }

    /** The same in one chunk. */
    public static List<Answer> of(LineDecoder decoder, String body) {
        return of(decoder, body, 0);
    }

    public static int length(String body) {
        return body.getBytes(StandardCharsets.UTF_8).length;
    }
}
