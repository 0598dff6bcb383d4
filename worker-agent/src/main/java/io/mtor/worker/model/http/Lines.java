// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.http;

import io.mtor.common.bus.GatewayBound.Cause;
import java.util.ArrayList;
import java.util.List;

/** Reads an answer that comes line by line, each as soon as it is whole. */
public final class Lines implements Decoder {

    private final LineSplitter splitter = new LineSplitter();

    private final LineDecoder decoder;

    public Lines(LineDecoder decoder) {
        this.decoder = decoder;
    }

    @Override
    public List<Answer> feed(byte[] chunk) {
        List<Answer> answers = new ArrayList<>();
        try {
            splitter.feed(chunk).forEach(line -> answers.addAll(decoder.line(line)));
        } catch (IllegalStateException tooLong) {
            answers.add(new Answer.Broken(Cause.FAILED, "the model server sent a line without end"));
        }
        return answers;
    }

    @Override
    public List<Answer> end() {
        List<Answer> answers = new ArrayList<>();
        String rest = splitter.rest();
        if (!rest.isEmpty()) {
            answers.addAll(decoder.line(rest));
        }
        answers.addAll(decoder.end());
        return answers;
    }
}
