// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.testing;

import io.mtor.common.bus.Addresses;
import io.mtor.common.bus.Announcement;
import io.mtor.common.bus.Bus;
import io.mtor.common.bus.Capability;
import io.mtor.common.bus.DispatcherBound;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.bus.Load;
import io.mtor.common.bus.WorkerBound;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.Usage;
import io.mtor.common.protocol.WorkerId;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One dispatcher and one worker on the bus. The first word of an intent says what the worker does with it:
 *
 * <ul>
 *   <li>{@code say <text>}: streams the words and ends;
 *   <li>{@code whole <text>}: ends with the text, without pieces;
 *   <li>{@code later <ms> <text>}: says nothing for a while;
 *   <li>{@code hang}: has it and never ends;
 *   <li>{@code flood <n>}: n pieces of 16 KiB, as the credits allow;
 *   <li>{@code paint <n>}: a picture of n bytes;
 *   <li>{@code fail}, {@code half}: fails at once, or after a piece;
 *   <li>{@code again}: fails after a piece, and says {@code new} at the second attempt;
 *   <li>{@code refuse}: no worker serves it.
 * </ul>
 */
public final class FakeRealm extends AbstractVerticle {

    public static final WorkerId WORKER = new WorkerId("fake");

    private static final int WINDOW = 16;
    private static final int FLOOD_CHARS = 16 * 1024;
    private static final DispatcherId DISPATCHER = new DispatcherId("fake-dispatcher");

    private final Map<IntentKey, Run> runs = new HashMap<>();
    private volatile boolean parted;
    private boolean draining;

    /** How often the worker was told to drain or to take work again. The first time is not heard. */
    public final AtomicInteger drains = new AtomicInteger();

    /** What was cancelled, in order. */
    public final BlockingQueue<IntentKey> cancelled = new LinkedBlockingQueue<>();

    /** The last placement of each user and guid. */
    public final Map<IntentKey, Intent> placed = new ConcurrentHashMap<>();

    private final class Run {
        private final IntentKey key;
        private final int attempt;
        private final GatewayId gateway;
        private final @Nullable Capability given;
        private int sent;
        private int credited;
        private int flood;

        Run(DispatcherBound.Place place) {
            this.key = place.intent().key();
            this.attempt = place.attempt();
            this.gateway = place.gateway();
            this.given = place.capability();
        }

        private void tell(GatewayBound message) {
            boolean shows = message instanceof GatewayBound.FromWorker && given != null;
            bus().send(Addresses.gateway(gateway), shows ? ((GatewayBound.FromWorker) message).with(given) : message);
        }

        private void text(String text) {
            tell(new GatewayBound.Text(key, attempt, WORKER, sent++, text));
        }

        private void end(String text) {
            runs.remove(key);
            tell(new GatewayBound.Completed(key, attempt, WORKER, sent, text, "fake-model", new Usage(3, 4), 1, 2));
        }

        private void fail(Cause cause) {
            runs.remove(key);
            tell(new GatewayBound.Failed(key, attempt, WORKER, cause, "the model server said no"));
        }

        private void pump() {
            while (flood > sent && sent - credited < WINDOW) {
                text("x".repeat(FLOOD_CHARS));
            }
            if (flood > 0 && sent == flood) {
                end("flooded");
            }
        }

        private void say(String text) {
            for (String word : text.split("(?<= )", -1)) {
                text(word);
            }
            end(text);
        }
    }

    private Bus bus() {
        return Bus.of(vertx);
    }

    /** Another gateway announces itself once more, and then nobody is heard until it ends. */
    public void part(boolean parts) {
        parted = parts;
        bus().publish(
                        Addresses.ANNOUNCE,
                        new Announcement.GatewayAnnouncement(new GatewayId("fake-gateway"), "elsewhere", 0));
    }

    @Override
    public void start(Promise<Void> started) {
        Bus bus = bus();
        vertx.setPeriodic(0, 300, ignored -> announce());
        bus.listen(Addresses.worker(WORKER), this::onWorker)
                .ready()
                .compose(ignored ->
                        bus.listen(Addresses.ROLLCALL, rollcall -> announce()).ready())
                .compose(ignored -> bus.listen(Addresses.dispatcher(DISPATCHER), this::onDispatcher)
                        .ready())
                .onComplete(started);
    }

    private void announce() {
        if (parted) {
            return;
        }
        bus().publish(Addresses.ANNOUNCE, new Announcement.DispatcherAnnouncement(DISPATCHER, "local", 0));
        bus().publish(
                        Addresses.ANNOUNCE,
                        new Announcement.WorkerAnnouncement(
                                WORKER,
                                "local",
                                1,
                                "Fake",
                                "0",
                                List.of(
                                        new Offer(QueryType.CHAT, List.of("fake-model")),
                                        new Offer(QueryType.VISION, List.of("fake-eyes"))),
                                new Load(1_000, runs.size(), draining),
                                true));
    }

    private void onDispatcher(DispatcherBound message) {
        if (message instanceof DispatcherBound.Place place
                && !runs.containsKey(place.intent().key())) {
            placed.put(place.intent().key(), place.intent());
            begin(place);
        }
    }

    private void begin(DispatcherBound.Place place) {
        var run = new Run(place);
        String[] words = place.intent().text().split(" ", 2);
        String rest = words.length == 1 ? "" : words[1];
        if (words[0].equals("refuse")) {
            run.tell(new GatewayBound.Rejected(run.key, run.attempt, ErrorCode.IMPOSSIBLE, "nobody serves it", null));
            return;
        }
        runs.put(run.key, run);
        run.tell(new GatewayBound.Accepted(run.key, run.attempt, WORKER, "fake-model", true, 12, 3));
        switch (words[0]) {
            case "whole" -> run.end(rest);
            case "later" -> {
                String[] parts = rest.split(" ", 2);
                vertx.setTimer(Long.parseLong(parts[0]), ignored -> run.say(parts[1]));
            }
            case "hang" -> {}
            case "flood" -> {
                run.flood = Integer.parseInt(rest);
                run.pump();
            }
            case "paint" -> paint(run, Integer.parseInt(rest));
            case "fail" -> run.fail(Cause.BAD_INPUT);
            case "half" -> {
                run.text("half ");
                vertx.setTimer(50, ignored -> run.fail(Cause.BAD_INPUT));
            }
            case "again" -> {
                if (run.attempt == 1) {
                    run.text("old ");
                    vertx.setTimer(50, ignored -> run.fail(Cause.FAILED));
                } else {
                    run.say("new");
                }
            }
            case "begin" -> run.text("begun ");
            default -> run.say(rest.isEmpty() ? place.intent().text() : rest);
        }
    }

    private static void paint(Run run, int size) {
        int half = size / 2;
        run.tell(new GatewayBound.MediaPart(
                run.key, run.attempt, WORKER, run.sent, "image/png", 0, Bytes.of(new byte[half]), false));
        run.tell(new GatewayBound.MediaPart(
                run.key, run.attempt, WORKER, run.sent++, "image/png", half, Bytes.of(new byte[size - half]), true));
        run.end("painted");
    }

    private void drain(WorkerBound.Drain drain) {
        if (drains.getAndIncrement() > 0) {
            draining = drain.on();
            announce();
        }
    }

    private void onWorker(WorkerBound message) {
        switch (message) {
            case WorkerBound.Cancel cancel -> {
                runs.remove(cancel.key());
                cancelled.add(cancel.key());
            }
            case WorkerBound.Credit credit -> {
                Run run = runs.get(credit.key());
                if (run != null) {
                    run.credited = credit.seq() + 1;
                    run.pump();
                }
            }
            case WorkerBound.Probe probe -> {
                Run run = runs.get(probe.key());
                if (run != null) {
                    run.tell(new GatewayBound.Alive(run.key, run.attempt, WORKER, run.sent, false));
                }
            }
            case WorkerBound.Assign assign -> {}
            case WorkerBound.Resume resume -> {}
            case WorkerBound.Drain drain -> drain(drain);
            case WorkerBound.Ping ping -> {}
        }
    }
}
