// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.comfy;

import com.fasterxml.jackson.databind.JsonNode;
import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.protocol.Media;
import io.mtor.worker.model.ChunkSink;
import io.mtor.worker.model.Run;
import io.mtor.worker.model.comfy.ComfyEvent.Picture;
import io.mtor.worker.model.http.Answer;
import io.mtor.worker.model.http.Exchange.Response;
import io.mtor.worker.model.image.Discreet;
import io.mtor.worker.model.image.Pictures;
import io.mtor.worker.model.image.PreviewBudget;
import io.vertx.core.AsyncResult;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One prompt: is the server free, listen, submit, hear, fetch. The WebSocket tells what happens soon, but not for sure; so
 * from time to time the queue and the history are asked, which also go on when the WebSocket is lost.
 */
final class ComfyRun implements Run {

    private static final long LOOK_MILLIS = 2_000;

    /** The same while there is no WebSocket to hear from. */
    private static final long DEAF_LOOK_MILLIS = 500;

    /** Looks in a row that may find neither the prompt nor anybody. */
    private static final int MISSES = 3;

    /** Frames that may come before the answer that says which prompt is ours. */
    private static final int MAX_EARLY = 100;

    private final Vertx vertx;

    private final ComfyLink link;

    private final ChunkSink sink;

    private final Discreet discreet;

    private final PreviewBudget previews;

    private final List<Function<ComfyEvents, Optional<ComfyEvent>>> early = new ArrayList<>();

    private final Set<Picture> pictures = new LinkedHashSet<>();

    private @Nullable WebSocket socket;

    /** Null until the server has taken the prompt. */
    private @Nullable String promptId;

    private @Nullable ComfyEvents events;

    private int done;

    private int of = 1;

    private int misses;

    private long timer = -1;

    private boolean looking;

    private boolean deaf;

    private boolean fetching;

    private boolean paused;

    private boolean over;

    ComfyRun(Vertx vertx, ComfyLink link, ChunkSink sink, Discreet discreet, PreviewBudget previews) {
        this.vertx = vertx;
        this.link = link;
        this.sink = sink;
        this.discreet = discreet;
        this.previews = previews;
    }

    void begin(ComfyLink.Prompt prompt) {
        link.queue()
                .onComplete(answer -> ifAnswered(answer, queue -> {
                    if (ComfyQueue.of(queue).isTakenBesides(prompt.owner())) {
                        fail(Cause.BUSY, "ComfyUI works for somebody else");
                    } else {
                        listen(prompt);
                    }
                }));
    }

    /** It never began. */
    void refuse(String message) {
        fail(Cause.BAD_INPUT, message);
    }

    private void ifAnswered(AsyncResult<Response> answer, Consumer<JsonNode> then) {
        if (over) {
            return;
        }
        if (answer.failed()) {
            fail(Cause.GONE, "the model server cannot be reached");
        } else if (answer.result().isOk()) {
            then.accept(answer.result().json());
        } else {
            Answer.Broken refusal = answer.result().refusal();
            fail(refusal.cause(), refusal.message());
        }
    }

    private void listen(ComfyLink.Prompt prompt) {
        ClientWebSocket listener = link.listener();
        listener.textMessageHandler(frame -> hear(reader -> reader.text(frame)));
        listener.binaryMessageHandler(frame -> hear(reader -> reader.binary(frame.getBytes())));
        listener.closeHandler(closed -> deafen());
        link.open(listener, prompt.client()).onComplete(opened -> {
            if (opened.failed()) {
                fail(Cause.GONE, "ComfyUI does not open its WebSocket");
            } else if (over) {
                opened.result().close();
            } else {
                socket = opened.result();
                link.submit(prompt).onComplete(answer -> submitted(prompt.id(), answer));
            }
        });
    }

    private void submitted(String ownId, AsyncResult<Response> answer) {
        JsonNode json = answer.succeeded() ? answer.result().json() : null;
        String id = json == null ? ownId : json.path("prompt_id").asText(ownId);
        if (over || json == null) {
            // Whatever became of the request, nothing of it goes on.
            link.cancel(id);
        }
        if (over) {
            return;
        }
        if (json != null && answer.result().status() == 400) {
            boolean gone = ComfyEvents.isModelGone(json);
            fail(gone ? Cause.NO_MODEL : Cause.FAILED, ComfyEvents.refusal(json));
        } else {
            ifAnswered(answer, taken -> follow(id));
        }
    }

    private void follow(String id) {
        promptId = id;
        events = new ComfyEvents(id, discreet);
        List.copyOf(early).forEach(this::hear);
        early.clear();
        lookLater();
    }

    private void hear(Function<ComfyEvents, Optional<ComfyEvent>> frame) {
        ComfyEvents reader = events;
        if (reader != null) {
            frame.apply(reader).ifPresent(this::handle);
        } else if (early.size() < MAX_EARLY) {
            early.add(frame);
        }
    }

    private void handle(ComfyEvent event) {
        if (over || fetching) {
            return;
        }
        switch (event) {
            case ComfyEvent.Alive alive -> sink.alive();
            case ComfyEvent.Progress progress -> {
                done = progress.done();
                of = progress.of();
                show(null);
            }
            case ComfyEvent.Preview preview -> showIfItFits(preview.picture());
            case ComfyEvent.Made made -> pictures.addAll(made.pictures());
            case ComfyEvent.Finished finished -> fetch();
            case ComfyEvent.Interrupted interrupted ->
                fail(Cause.HANDED_BACK, "somebody at the host stopped it in ComfyUI");
            case ComfyEvent.Failed failed -> fail(Cause.FAILED, failed.message());
        }
    }

    private void showIfItFits(Media picture) {
        Media preview = paused ? null : previews.pass(picture);
        if (preview != null) {
            show(preview);
        }
    }

    private void show(@Nullable Media preview) {
        if (paused) {
            sink.alive();
        } else {
            sink.progress(done, of, preview);
        }
    }

    private void deafen() {
        deaf = true;
        if (promptId != null) {
            vertx.cancelTimer(timer);
            look();
        }
    }

    private void lookLater() {
        timer = vertx.setTimer(deaf ? DEAF_LOOK_MILLIS : LOOK_MILLIS, id -> look());
    }

    /** Is it still in the queue, or over? */
    private void look() {
        String id = promptId;
        if (over || fetching || looking || id == null) {
            return;
        }
        looking = true;
        link.queue().onComplete(answer -> {
            if (answer.failed() || !answer.result().isOk()) {
                looked(Optional.of("the model server cannot be reached any more"));
            } else if (ComfyQueue.of(answer.result().json()).has(id)) {
                looked(Optional.empty());
            } else {
                readHistory(id);
            }
        });
    }

    private void readHistory(String id) {
        link.history(id).onComplete(answer -> {
            List<ComfyEvent> all = answer.failed() || events == null
                    ? List.of()
                    : events.history(answer.result().json());
            all.forEach(this::handle);
            looked(all.isEmpty() ? Optional.of("ComfyUI has lost the prompt") : Optional.empty());
        });
    }

    private void looked(Optional<String> missed) {
        looking = false;
        misses = missed.isEmpty() ? 0 : misses + 1;
        if (over || fetching) {
            return;
        }
        if (misses >= MISSES) {
            fail(Cause.GONE, missed.orElseThrow());
            return;
        }
        if (missed.isEmpty()) {
            sink.alive();
        }
        lookLater();
    }

    /** All is done: what was saved for good, or else what was only shown. */
    private void fetch() {
        String id = promptId;
        ComfyEvents reader = events;
        if (id == null || reader == null) {
            return;
        }
        fetching = true;
        if (pictures.isEmpty()) {
            // Nothing was made anew: it stands in the history what was made of the same before.
            link.history(id)
                    .onComplete(answer -> ifAnswered(answer, history -> {
                        for (ComfyEvent event : reader.history(history)) {
                            if (event instanceof ComfyEvent.Made made) {
                                pictures.addAll(made.pictures());
                            }
                        }
                        fetchAll(id);
                    }));
        } else {
            fetchAll(id);
        }
    }

    private void fetchAll(String id) {
        boolean saved = pictures.stream().anyMatch(Picture::isSaved);
        Deque<Picture> wanted = new ArrayDeque<>(
                pictures.stream().filter(each -> each.isSaved() == saved).toList());
        if (wanted.isEmpty()) {
            fail(Cause.FAILED, "the workflow made no picture");
        } else {
            fetchNext(id, wanted);
        }
    }

    private void fetchNext(String id, Deque<Picture> wanted) {
        Picture next = wanted.poll();
        if (next == null) {
            over = true;
            close();
            link.forget(id);
            sink.completed(null, null);
            return;
        }
        link.view(next).onComplete(answer -> {
            Optional<Media> picture = answer.succeeded() && answer.result().isOk()
                    ? Pictures.of(answer.result().body().array())
                    : Optional.empty();
            if (over) {
                return;
            }
            if (picture.isEmpty()) {
                fail(Cause.FAILED, "ComfyUI does not hand over the picture");
            } else {
                sink.medium(picture.get());
                fetchNext(id, wanted);
            }
        });
    }

    private void fail(Cause cause, String message) {
        if (!over) {
            over = true;
            close();
            sink.failed(cause, message);
        }
    }

    private void close() {
        vertx.cancelTimer(timer);
        if (socket != null) {
            socket.close();
        }
    }

    @Override
    public void cancel() {
        if (!over) {
            over = true;
            close();
            if (promptId != null) {
                link.cancel(promptId);
            }
        }
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        paused = false;
    }
}
