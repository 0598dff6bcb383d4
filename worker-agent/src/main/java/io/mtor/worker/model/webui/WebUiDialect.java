// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.webui;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.worker.model.Assigned;
import io.mtor.worker.model.http.Answer;
import io.mtor.worker.model.http.BadInputException;
import io.mtor.worker.model.http.Decoder;
import io.mtor.worker.model.http.Dialect;
import io.mtor.worker.model.http.Messages;
import io.mtor.worker.model.http.Post;
import io.mtor.worker.model.http.Refusal;
import io.mtor.worker.model.image.Checkpoint;
import io.mtor.worker.model.image.ImageWish;
import io.mtor.worker.model.image.JsonPictures;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** {@code POST /sdapi/v1/txt2img}, answered with the picture once it is done; one for each intent. */
public final class WebUiDialect implements Dialect {

    private static final Pattern MODEL_GONE = Pattern.compile("model '.*' not found");

    private final String taskId;

    private final UnaryOperator<String> serverName;

    private final int maxMediaBytes;

    /**
     * For one intent.
     *
     * @param taskId by which the server knows it, if it can
     * @param serverName from the name of a model as it is announced to the server's own name for it
     * @param maxMediaBytes of one answer
     */
    WebUiDialect(String taskId, UnaryOperator<String> serverName, int maxMediaBytes) {
        this.taskId = taskId;
        this.serverName = serverName;
        this.maxMediaBytes = maxMediaBytes;
    }

    /** For who imitates this API and has one model, such as KoboldCpp. */
    public static WebUiDialect imitated(int maxMediaBytes) {
        return new WebUiDialect("", UnaryOperator.identity(), maxMediaBytes);
    }

    @Override
    public String answerType() {
        return "application/json";
    }

    @Override
    public Post write(Assigned work) throws BadInputException {
        ImageWish wish = ImageWish.of(work.intent());
        String model = serverName.apply(String.valueOf(work.model()));
        Checkpoint usual = Checkpoint.of(model);
        ObjectNode body = Messages.MAPPER
                .createObjectNode()
                .put("prompt", wish.prompt())
                .put("negative_prompt", wish.negativePrompt() == null ? "" : wish.negativePrompt())
                .put("seed", wish.seed() == null ? -1 : wish.seed())
                .put("steps", wish.steps() == null ? usual.steps() : wish.steps())
                .put("width", wish.width() == null ? usual.side() : wish.width())
                .put("height", wish.height() == null ? usual.side() : wish.height())
                .put("force_task_id", taskId)
                .put("save_images", false);
        body.putObject("override_settings").put("sd_model_checkpoint", model);
        return Post.json("/sdapi/v1/txt2img", body);
    }

    /** A checkpoint that is gone is an error among others to it. */
    @Override
    public Answer.Broken refusal(int status, String body) {
        String errors = Refusal.json(body).path("errors").asText();
        return MODEL_GONE.matcher(errors).matches()
                ? new Answer.Broken(Cause.NO_MODEL, "the model server has lost this model")
                : Refusal.of(status, body);
    }

    @Override
    public Decoder decoder() {
        return JsonPictures.decoder(maxMediaBytes, json -> {
            List<String> images = new ArrayList<>();
            json.path("images").forEach(image -> images.add(image.asText()));
            return images;
        });
    }
}
