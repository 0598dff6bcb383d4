// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.testing;

import io.mtor.worker.model.http.Answer;
import io.mtor.worker.model.http.LineDecoder;
import io.mtor.worker.model.http.LineSplitter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads a whole body that the network has cut into two. */
public final class Decoding {

    private Decoding() {}

    /** What the body means when it comes in two chunks, cut at this byte. */
    public static List<Answer> of(LineDecoder decoder, String body, int cut) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        var splitter = new LineSplitter();
        List<Answer> answers = new ArrayList<>();
        for (byte[] chunk : List.of(Arrays.copyOf(bytes, cut), Arrays.copyOfRange(bytes, cut, bytes.length))) {
            splitter.feed(chunk).forEach(line -> answers.addAll(decoder.line(line)));
        }
        String rest = splitter.rest();
        if (!rest.isEmpty()) {
            answers.addAll(decoder.line(rest));
        }
        answers.addAll(decoder.end());
        answers.removeIf(Answer.Alive.class::isInstance);
        return answers;
    }

    /** The same in one chunk. */
    public static List<Answer> of(LineDecoder decoder, String body) {
        return of(decoder, body, 0);
    }

    public static int length(String body) {
        return body.getBytes(StandardCharsets.UTF_8).length;
    }
}
