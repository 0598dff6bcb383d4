// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.image;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mtor.worker.model.Assigned;
import io.mtor.worker.model.http.BadInputException;
import io.mtor.worker.model.http.Decoder;
import io.mtor.worker.model.http.Dialect;
import io.mtor.worker.model.http.Messages;
import io.mtor.worker.model.http.Post;
import java.util.function.UnaryOperator;

/**
 * {@code POST /v1/images/generations}, as OpenAI has it and LocalAI extends it: with {@code seed} and {@code step}, and what
 * shall not be in the picture behind a bar in the prompt. What an intent leaves open is not sent.
 */
public final class ImagesDialect implements Dialect {

    private final UnaryOperator<String> serverName;

    private final int maxMediaBytes;

    /**
     * For one server.
     *
     * @param serverName from the name of a model as it is announced to the server's own name for it
     * @param maxMediaBytes of one answer
     */
    public ImagesDialect(UnaryOperator<String> serverName, int maxMediaBytes) {
        this.serverName = serverName;
        this.maxMediaBytes = maxMediaBytes;
    }

    @Override
    public String answerType() {
        return "application/json";
    }

    @Override
    public Post write(Assigned work) throws BadInputException {
        ImageWish wish = ImageWish.of(work.intent());
        ObjectNode body = Messages.MAPPER.createObjectNode();
        if (work.model() != null) {
            body.put("model", serverName.apply(work.model()));
        }
        body.put("prompt", prompt(wish)).put("n", 1).put("response_format", "b64_json");
        if (wish.width() != null && wish.height() != null) {
            body.put("size", wish.width() + "x" + wish.height());
        } else if (wish.width() != null || wish.height() != null) {
            throw new BadInputException("this model takes the parameters width and height only together");
        }
        if (wish.seed() != null) {
            body.put("seed", wish.seed());
        }
        if (wish.steps() != null) {
            body.put("step", wish.steps());
        }
        return Post.json("/v1/images/generations", body);
    }

    /** A bar of the user's own must not part the prompt. */
    private static String prompt(ImageWish wish) {
        String wanted = wish.prompt().replace('|', ' ');
        return wish.negativePrompt() == null
                ? wanted
                : wanted + "|" + wish.negativePrompt().replace('|', ' ');
    }

    @Override
    public Decoder decoder() {
        return JsonPictures.decoder(maxMediaBytes, json -> json.path("data").findValuesAsText("b64_json"));
    }
}
