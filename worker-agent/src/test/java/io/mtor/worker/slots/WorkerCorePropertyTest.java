// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.slots;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.bus.GatewayBound.Piece;
import io.mtor.common.bus.WorkerBound;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.Media;
import io.mtor.worker.testing.Intents;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The laws of a worker under whatever happens in whatever order; the seed replays it. */
class WorkerCorePropertyTest {

    private static final int STEPS = 3_000;

    private static final int SLOTS = 3;

    private static final List<Cause> CAUSES = List.of(Cause.values());

    private record Tried(IntentKey key, int attempt) {}

    private final Set<Long> started = new HashSet<>();

    private final Set<Long> stopped = new HashSet<>();

    private final Set<Long> over = new HashSet<>();

    /** What was said of a piece the first time it was said. */
    private final Map<Tried, Map<String, GatewayBound>> pieces = new HashMap<>();

    private final Map<Tried, GatewayBound> terminals = new HashMap<>();

    private final Set<Tried> accepted = new HashSet<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldEndEveryAttemptOnceLeakNoSlotAndReplayTheSame(long seed) {
        // Given
        var random = new Random(seed);
        var rig = new Rig(SLOTS);

        // When
        for (int i = 0; i < STEPS; i++) {
            step(rig, random);
            check(rig);
        }
        rig.turn(now -> rig.core.drain(0, now));
        check(rig);

        // Then
        assertThat(rig.core.load().inFlight()).isZero();
        assertThat(started).isEmpty();
        assertThat(over).hasSize(accepted.size());
        // A terminal message may wait for credit that never came; asked for, it is there.
        for (Tried tried : accepted) {
            if (!terminals.containsKey(tried)) {
                credit(rig, tried);
            }
        }
        check(rig);
        Map<IntentKey, Integer> newest = new HashMap<>();
        accepted.forEach(tried -> newest.merge(tried.key, tried.attempt, Math::max));
        assertThat(accepted)
                .allMatch(tried -> terminals.containsKey(tried) || newest.getOrDefault(tried.key, 0) > tried.attempt);
    }

    private static void credit(Rig rig, Tried tried) {
        for (int i = 0; i < 100; i++) {
            rig.turn(now -> rig.core.credit(new WorkerBound.Credit(tried.key, tried.attempt, Integer.MAX_VALUE), now));
        }
    }

    private void step(Rig rig, Random random) {
        int n = random.nextInt(12);
        int attempt = 1 + random.nextInt(4);
        long run = started.isEmpty() ? 0 : new ArrayList<>(started).get(random.nextInt(started.size()));
        var gateway = new GatewayId("g" + random.nextInt(2));
        switch (random.nextInt(14)) {
            case 0, 1 -> rig.turn(now -> rig.core.assign(Intents.assign(Intents.chat(n, "x"), attempt), now));
            case 2 -> rig.turn(now -> rig.core.cancel(new WorkerBound.Cancel(Intents.key(n), attempt), now));
            case 3 ->
                rig.turn(now ->
                        rig.core.resume(new WorkerBound.Resume(Intents.key(n), gateway, random.nextInt(40) - 1), now));
            case 4 -> rig.turn(now -> rig.core.probe(new WorkerBound.Probe(Intents.key(n), gateway), now));
            case 5 ->
                rig.turn(now ->
                        rig.core.credit(new WorkerBound.Credit(Intents.key(n), attempt, random.nextInt(300)), now));
            case 6, 7, 8 -> rig.turn(now -> rig.core.text(run, "w" + random.nextInt(100) + " ", now));
            case 9 -> {
                var data = Bytes.of(new byte[random.nextInt(140_000)]);
                rig.turn(now -> rig.core.medium(run, Media.whole("image/png", data), now));
            }
            case 10 -> rig.turn(now -> rig.core.progress(run, 1, 2, null, now));
            case 11 -> end(rig, random, run);
            case 12 ->
                rig.turn(now -> random.nextBoolean() ? rig.core.pause(random.nextInt(500), now) : rig.core.unpause());
            default -> rig.pass(random.nextInt(400), random.nextInt(3) > 0);
        }
    }

    private void end(Rig rig, Random random, long run) {
        // A model server that has ended says nothing more.
        started.remove(run);
        if (random.nextBoolean()) {
            rig.turn(now -> rig.core.completed(run, null, null, now));
        } else {
            Cause cause = CAUSES.get(random.nextInt(CAUSES.size()));
            rig.turn(now -> rig.core.failed(run, cause, "made to fail", now));
        }
    }

    private void check(Rig rig) {
        for (Effect effect : List.copyOf(rig.effects)) {
            switch (effect) {
                case Effect.Start start -> assertThat(started.add(start.run())).isTrue();
                case Effect.Stop stop -> {
                    assertThat(started.remove(stop.run())).isTrue();
                    assertThat(stopped.add(stop.run())).isTrue();
                }
                case Effect.Pause pause -> assertThat(started).contains(pause.run());
                case Effect.Continue on -> assertThat(started).contains(on.run());
                case Effect.ToGateway to -> said(to.message());
                case Effect.ToDispatcher to -> {}
                case Effect.Announce now -> {}
                case Effect.Suspect now -> {}
                case Effect.Overslept now -> {}
                case Effect.Over each -> assertThat(over.add(each.run())).isTrue();
                case Effect.Rested now -> assertThat(rig.core.load().free()).isZero();
                case Effect.Drained now -> {}
            }
        }
        rig.effects.clear();
        assertThat(rig.core.load().inFlight()).isEqualTo(started.size()).isLessThanOrEqualTo(SLOTS);
    }

    private void said(GatewayBound message) {
        switch (message) {
            case GatewayBound.Accepted each -> accepted.add(new Tried(each.key(), each.attempt()));
            case Piece piece -> {
                int part = piece instanceof GatewayBound.MediaPart medium ? medium.offset() : 0;
                sameAsBefore(
                        pieces.computeIfAbsent(new Tried(piece.key(), piece.attempt()), key -> new HashMap<>())
                                .putIfAbsent(piece.seq() + "/" + part, piece),
                        piece);
            }
            case GatewayBound.Completed each ->
                sameAsBefore(terminals.putIfAbsent(new Tried(each.key(), each.attempt()), each), each);
            case GatewayBound.Failed each ->
                sameAsBefore(terminals.putIfAbsent(new Tried(each.key(), each.attempt()), each), each);
            default -> {}
        }
    }

    private static void sameAsBefore(@Nullable GatewayBound before, GatewayBound now) {
        assertThat(before == null ? now : before).isEqualTo(now);
    }
}
