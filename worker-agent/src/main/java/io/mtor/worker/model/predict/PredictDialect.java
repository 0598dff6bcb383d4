// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.predict;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.Media;
import io.mtor.worker.model.Assigned;
import io.mtor.worker.model.http.Answer;
import io.mtor.worker.model.http.BadInputException;
import io.mtor.worker.model.http.Decoder;
import io.mtor.worker.model.http.Dialect;
import io.mtor.worker.model.http.Messages;
import io.mtor.worker.model.http.Post;
import io.mtor.worker.model.http.Refusal;
import io.mtor.worker.model.http.Whole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code POST /predict} with {@code {"prompt":"…","type":"chat","model_type":"chat"}}, for programs of a host's own. Type and model type are both
 * the query type, because such programs look at either.
 *
 * <p>The answer is JSON with a string under {@code response} or {@code result}, or under {@code image} or {@code audio}. A
 * string that is the base64 of a picture or a sound is one; so is a body that is one itself.
 */
public final class PredictDialect implements Dialect {

    private static final List<String> FIELDS = List.of("response", "result", "image", "audio");

    /** Before base64 in a {@code data:} URL. */
    private static final String BASE64 = ";base64,";

    private final int maxBytes;

    /** @param maxBytes a longer answer is a failure */
    public PredictDialect(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public String answerType() {
        return "*/*";
    }

    /** Its bytes tell. */
    @Override
    public boolean canBeAnswer(String contentType) {
        return true;
    }

    @Override
    public Post write(Assigned work) throws BadInputException {
        Intent intent = work.intent();
        String type = intent.queryType().value();
        ObjectNode body = Messages.MAPPER
                .createObjectNode()
                .put("prompt", intent.text())
                .put("type", type)
                .put("model_type", type);
        List<ObjectNode> earlier = Messages.earlier(intent);
        if (!earlier.isEmpty()) {
            body.putArray("conversation").addAll(earlier);
        }
        if (!intent.media().isEmpty()) {
            writeMedia(body.putArray("media"), intent.media());
        }
        JsonNode settings = Messages.settings(intent.parameters());
        if (!settings.isEmpty()) {
            body.set("parameters", settings);
        }
        return Post.json("/predict", body);
    }

    private static void writeMedia(ArrayNode array, List<Media> media) throws BadInputException {
        for (Media medium : media) {
            Bytes data = medium.data();
            if (data == null) {
                throw new BadInputException("a medium of type " + medium.mediaType() + " has no bytes");
            }
            array.addObject()
                    .put("media_type", medium.mediaType())
                    .put("data", Base64.getEncoder().encodeToString(data.array()));
        }
    }

    @Override
    public Decoder decoder() {
        return new Whole(maxBytes, PredictDialect::read);
    }

    private static List<Answer> read(byte[] body) {
        Optional<Media> itself = medium(body);
        if (itself.isPresent()) {
            return List.of(new Answer.Medium(itself.get()), new Answer.Done(null, null));
        }
        JsonNode json;
        try {
            json = Messages.MAPPER.readTree(body);
        } catch (IOException notJson) {
            return List.of(Refusal.noAnswer("what is not JSON", ""));
        }
        return Stream.concat(
                        FIELDS.stream().map(json::path),
                        Stream.of(json.path("images").path(0)))
                .filter(JsonNode::isTextual)
                .findFirst()
                .map(JsonNode::textValue)
                .map(PredictDialect::answer)
                .orElseGet(() -> List.of(
                        Refusal.noAnswer("neither response nor result", new String(body, StandardCharsets.UTF_8))));
    }

    private static List<Answer> answer(String value) {
        Answer.Done done = new Answer.Done(null, null);
        Optional<Media> medium = decoded(value).flatMap(PredictDialect::medium);
        if (medium.isPresent()) {
            return List.of(new Answer.Medium(medium.get()), done);
        }
        return value.isEmpty() ? List.of(done) : List.of(new Answer.Text(value), done);
    }

    private static Optional<Media> medium(byte[] bytes) {
        return Magic.mediaType(bytes).map(type -> Media.whole(type, Bytes.of(bytes)));
    }

    private static Optional<byte[]> decoded(String value) {
        int data = value.startsWith("data:") ? value.indexOf(BASE64) : -1;
        try {
            return Optional.of(Base64.getDecoder().decode(data < 0 ? value : value.substring(data + BASE64.length())));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
