// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.image;

import com.fasterxml.jackson.databind.JsonNode;
import io.mtor.common.protocol.Media;
import io.mtor.worker.model.http.Answer;
import io.mtor.worker.model.http.Decoder;
import io.mtor.worker.model.http.Refusal;
import io.mtor.worker.model.http.Whole;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Answers that are JSON with pictures in base64. */
public final class JsonPictures {

    /** Around the pictures, such as what some servers repeat of the request. */
    private static final int OVERHEAD_BYTES = 1 << 20;

    private JsonPictures() {}

    /**
     * For one answer.
     *
     * @param maxMediaBytes longer pictures are a failure; base64 makes four bytes of three
     * @param pictures where they stand in the JSON
     */
    public static Decoder decoder(int maxMediaBytes, Function<JsonNode, List<String>> pictures) {
        int maxBytes = Math.toIntExact(Math.min(Integer.MAX_VALUE, maxMediaBytes * 4L / 3 + OVERHEAD_BYTES));
        return new Whole(maxBytes, body -> read(new String(body, StandardCharsets.UTF_8), pictures));
    }

    private static List<Answer> read(String body, Function<JsonNode, List<String>> pictures) {
        List<Answer> answers = new ArrayList<>();
        for (String base64 : pictures.apply(Refusal.json(body))) {
            Optional<Media> picture = Pictures.ofBase64(base64);
            if (picture.isEmpty()) {
                return List.of(Refusal.noAnswer("what is no picture", ""));
            }
            answers.add(new Answer.Medium(picture.get()));
        }
        if (answers.isEmpty()) {
            return List.of(Refusal.noAnswer("no picture", body));
        }
        answers.add(new Answer.Done(null, null));
        return answers;
    }
}
