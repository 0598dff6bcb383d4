// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.worker.model.Assigned;
import io.mtor.worker.model.ChunkSink;
import io.mtor.worker.model.ModelServer;
import io.mtor.worker.model.Run;
import io.mtor.worker.testing.Await;
import io.mtor.worker.testing.Intents;
import io.mtor.worker.testing.RecordedSink;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnTakingTest {

    private final Vertx vertx = Vertx.vertx();
    private final Turn turn = new Turn();
    private final List<String> unloaded = new ArrayList<>();
    private final Promise<Void> unloading = Promise.promise();
    private long now;

    @AfterEach
    void close() {
        vertx.close().await();
    }

    /** A model server that does what the test says. */
    private final class Hand implements ModelServer {

        private final ModelServer taking;
        private final List<ChunkSink> runs = new ArrayList<>();
        private final List<String> heard = new ArrayList<>();

        Hand(String worker) {
            taking = new TurnTaking(vertx, this, worker, turn, this::unload, () -> now);
        }

        private Future<Void> unload(String worker) {
            unloaded.add(worker);
            return unloading.future();
        }

        @Override
        public Run run(Assigned work, ChunkSink sink) {
            runs.add(sink);
            return new Run() {

                @Override
                public void cancel() {
                    heard.add("cancel");
                }

                @Override
                public void pause() {
                    heard.add("pause");
                }

                @Override
                public void resume() {
                    heard.add("resume");
                }
            };
        }

        Run begin(RecordedSink sink) {
            return taking.run(new Assigned(Intents.chat(1, "hello"), null, 0, 0), sink);
        }
    }

    @Test
    void shouldSayThatItIsBusyWhileAnotherWorks() {
        var ollama = new Hand("ollama");
        var comfy = new Hand("comfyui");
        ollama.begin(new RecordedSink());

        var refused = new RecordedSink();
        comfy.begin(refused);

        Await.until("a refusal", () -> refused.failure() == Cause.BUSY);
        assertThat(comfy.runs).isEmpty();
    }

    @Test
    void shouldBeginWhenTheOtherHasGivenItsMemoryBack() {
        var ollama = new Hand("ollama");
        var comfy = new Hand("comfyui");
        ollama.begin(new RecordedSink());
        assertThat(unloaded).isEmpty();
        ollama.runs.getFirst().completed(null, null);

        Run run = comfy.begin(new RecordedSink());
        run.pause();
        assertThat(unloaded).containsExactly("ollama");
        assertThat(comfy.runs).isEmpty();
        unloading.complete();

        assertThat(comfy.runs).hasSize(1);
        assertThat(comfy.heard).containsExactly("pause");
        comfy.begin(new RecordedSink());
        assertThat(comfy.runs).as("another of the same turn").hasSize(2);
        assertThat(unloaded).hasSize(1);
    }

    @Test
    void shouldGiveTheTurnBackOnceHoweverARunEnds() {
        var ollama = new Hand("ollama");
        var comfy = new Hand("comfyui");
        Run first = ollama.begin(new RecordedSink());
        ollama.begin(new RecordedSink());

        first.cancel();
        ollama.runs.getFirst().failed(Cause.FAILED, "late");
        assertThat(turn.isClosedFor("comfyui", now)).isTrue();
        ollama.runs.get(1).failed(Cause.FAILED, "no");

        assertThat(turn.isClosedFor("comfyui", now)).isFalse();
        comfy.begin(new RecordedSink()).cancel();
        unloading.complete();
        assertThat(comfy.runs).as("cancelled before it began").isEmpty();
        now += Turn.AFTER_YOU_MILLIS;
        assertThat(turn.enter("comfyui", now)).isTrue();
    }
}
