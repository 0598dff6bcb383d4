// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.sim;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.ProtocolJson;
import io.mtor.common.protocol.Usage;
import io.mtor.worker.model.Assigned;
import io.mtor.worker.model.ChunkSink;
import io.mtor.worker.model.ModelServer;
import io.mtor.worker.model.Run;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Does intents by the clock: so many chunks of so many characters in so much time, without using a processor for it. */
public final class SimulatedServer implements ModelServer {

    private static final long NO_TIMER = -1;

    private final Vertx vertx;

    private final Behaviour behaviour;

    private final long workMillis;

    private final int chunks;

    private final Voice voice;

    private long begun;

    /**
     * Makes one.
     *
     * @param work from the start to the end of an answer; zero answers at once
     * @param chunks how many, evenly spread over the work
     * @param voice what they say
     */
    public SimulatedServer(Vertx vertx, Behaviour behaviour, Duration work, int chunks, Voice voice) {
        this.vertx = vertx;
        this.behaviour = behaviour;
        this.workMillis = work.toMillis();
        this.chunks = chunks;
        this.voice = voice;
    }

    @Override
    public Run run(Assigned work, ChunkSink sink) {
        var run = new SimulatedRun(work.intent().key().guid(), ++begun, sink, workMillis(work));
        vertx.runOnContext(go -> run.begin());
        return run;
    }

    /** An intent may say itself how long it takes, by the parameter {@code work_ms}: for loads with a known shape. */
    private long workMillis(Assigned work) {
        String parameters = work.intent().parameters().json();
        if (!parameters.contains("work_ms")) {
            return workMillis;
        }
        try {
            return ProtocolJson.MAPPER.readTree(parameters).path("work_ms").asLong(workMillis);
        } catch (JsonProcessingException e) {
            return workMillis;
        }
    }

    private final class SimulatedRun implements Run {

        private final IntentId guid;

        private final long number;

        private final ChunkSink sink;

        private final Rhythm rhythm;

        /** When it began, on the monotonic clock; moved on by each pause. */
        private long since;

        private long pausedAt;

        private int made;

        private long timer = NO_TIMER;

        private boolean paused;

        private boolean over;

        SimulatedRun(IntentId guid, long number, ChunkSink sink, long millis) {
            this.guid = guid;
            this.number = number;
            this.sink = sink;
            this.rhythm = new Rhythm(millis, chunks);
        }

        void begin() {
            if (over) {
                return;
            }
            since = System.nanoTime();
            pausedAt = since;
            voice.begins(guid, number);
            switch (behaviour) {
                case FAIL -> fail(Cause.FAILED, "simulated failure");
                case BUSY -> fail(Cause.BUSY, "simulated: all slots of the model server are busy");
                case HANG -> over = true;
                case ANSWER, HANG_MIDWAY, BREAK_MIDWAY -> next();
            }
        }

        /** Makes everything that is due now, then waits for the next. */
        private void next() {
            while (!over && !paused && timer == NO_TIMER) {
                if (made == chunks / 2 && behaviour == Behaviour.HANG_MIDWAY) {
                    over = true;
                } else if (made == chunks / 2 && behaviour == Behaviour.BREAK_MIDWAY) {
                    fail(Cause.FAILED, "simulated break in the middle");
                } else if (made == chunks) {
                    over = true;
                    sink.completed(null, new Usage(1, chunks));
                } else {
                    long wait = rhythm.untilNext(made, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since));
                    if (wait > 0) {
                        timer = vertx.setTimer(wait, id -> {
                            timer = NO_TIMER;
                            makeOne();
                            next();
                        });
                    } else {
                        makeOne();
                    }
                }
            }
        }

        private void makeOne() {
            sink.text(voice.piece(guid, number, made++));
        }

        private void fail(Cause cause, String message) {
            over = true;
            sink.failed(cause, message);
        }

        @Override
        public void cancel() {
            over = true;
            stopTimer();
        }

        @Override
        public void pause() {
            if (!paused) {
                paused = true;
                pausedAt = System.nanoTime();
                stopTimer();
            }
        }

        @Override
        public void resume() {
            if (paused) {
                paused = false;
                since += System.nanoTime() - pausedAt;
                vertx.runOnContext(go -> next());
            }
        }

        private void stopTimer() {
            if (timer != NO_TIMER) {
                vertx.cancelTimer(timer);
                timer = NO_TIMER;
            }
        }
    }
}
