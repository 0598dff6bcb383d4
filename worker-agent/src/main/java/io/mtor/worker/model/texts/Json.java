// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.texts;

import com.fasterxml.jackson.databind.JsonNode;
import io.mtor.common.protocol.Usage;
import io.mtor.worker.model.http.Answer;
import io.mtor.worker.model.http.Decoder;
import io.mtor.worker.model.http.Messages;
import io.mtor.worker.model.http.Refusal;
import io.mtor.worker.model.http.Whole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers that are one JSON object, and become one. */
final class Json {

    /** A thousand long vectors, as servers write them. */
    private static final int MAX_BYTES = 32 << 20;

    private Json() {}

    /** @param meaning of the object; it ends with {@code Done} or {@code Broken} */
    static Decoder decoder(Function<JsonNode, List<Answer>> meaning) {
        return new Whole(MAX_BYTES, body -> read(body, meaning));
    }

    private static List<Answer> read(byte[] body, Function<JsonNode, List<Answer>> meaning) {
        try {
            return meaning.apply(Messages.MAPPER.readTree(body));
        } catch (IOException notJson) {
            return List.of(Refusal.noAnswer("what is not JSON", new String(body, StandardCharsets.UTF_8)));
        }
    }

    static List<JsonNode> elements(JsonNode array) {
        return array.isArray() ? array.valueStream().toList() : List.of();
    }

    /** The elements in the order of their {@code index}, which is not always that in which they come. */
    static List<JsonNode> byIndex(JsonNode array) {
        return elements(array).stream()
                .sorted(Comparator.comparingInt(each -> each.path("index").asInt()))
                .toList();
    }

    /** The whole answer, which is a text: JSON. */
    static List<Answer> answer(JsonNode result, JsonNode from, @Nullable Usage usage) {
        String model = from.path("model").isTextual() ? from.path("model").textValue() : null;
        return List.of(new Answer.Text(result.toString()), new Answer.Done(model, usage));
    }
}
