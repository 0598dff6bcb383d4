// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.bus;

import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.Speed;
import io.mtor.common.protocol.Trust;
import io.mtor.common.protocol.Usage;
import io.mtor.common.protocol.WorkerId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the first version reads: its shapes of the messages that have grown since, and its numbers for all. */
final class FirstVersion {

    record Place(Intent intent, GatewayId gateway, int attempt, List<WorkerId> excluded, long ttlMillis) {}

    record Assign(
            Intent intent,
            GatewayId gateway,
            DispatcherId dispatcher,
            int attempt,
            long ttlMillis,
            long dispatchMicros,
            long queueMillis) {}

    record Resume(IntentKey key, GatewayId gateway, int afterSeq) {}

    record Probe(IntentKey key, GatewayId gateway) {}

    record Accepted(
            IntentKey key,
            int attempt,
            WorkerId worker,
            @Nullable String model,
            boolean synthetic,
            long dispatchMicros,
            long queueMillis) {}

    record Text(IntentKey key, int attempt, WorkerId worker, int seq, String text) {}

    record MediaPart(
            IntentKey key,
            int attempt,
            WorkerId worker,
            int seq,
            String mediaType,
            int offset,
            Bytes data,
            boolean last) {}

    record Progress(
            IntentKey key,
            int attempt,
            WorkerId worker,
            int seq,
            int done,
            int of,
            @Nullable Media preview) {}

    record Completed(
            IntentKey key,
            int attempt,
            WorkerId worker,
            int pieces,
            String text,
            @Nullable String model,
            @Nullable Usage usage,
            long firstMillis,
            long workMillis) {}

    record Failed(IntentKey key, int attempt, WorkerId worker, GatewayBound.Cause cause, String message) {}

    record Alive(IntentKey key, int attempt, WorkerId worker, int pieces, boolean ended) {}

    record UnknownIntent(IntentKey key, WorkerId worker) {}

    record Moved(IntentKey key, WorkerId worker) {}

    record WorkerAnnouncement(
            WorkerId worker,
            String node,
            long incarnation,
            String name,
            String version,
            List<Offer> serves,
            Load load,
            boolean synthetic) {}

    /** By their numbers. */
    static final List<Class<? extends Record>> MESSAGES = List.of(
            Place.class,
            DispatcherBound.Withdraw.class,
            DispatcherBound.WorkerReport.class,
            DispatcherBound.Refused.class,
            Assign.class,
            WorkerBound.Cancel.class,
            Resume.class,
            WorkerBound.Credit.class,
            WorkerBound.Ping.class,
            MonitorBound.Pong.class,
            GatewayBound.Waiting.class,
            GatewayBound.Rejected.class,
            Accepted.class,
            Text.class,
            MediaPart.class,
            Progress.class,
            Completed.class,
            Failed.class,
            Alive.class,
            UnknownIntent.class,
            WorkerAnnouncement.class,
            Announcement.WorkerLeft.class,
            Announcement.DispatcherAnnouncement.class,
            Announcement.DispatcherLeft.class,
            Announcement.GatewayAnnouncement.class,
            Announcement.GatewayLeft.class,
            Announcement.MonitorAnnouncement.class,
            Announcement.MonitorLeft.class,
            Announcement.Verdict.class,
            Announcement.Rollcall.class,
            Probe.class,
            Moved.class);

    static final RecordCodec<Record> CODEC = new RecordCodec<>(MESSAGES);

    private static final Capability CAPABILITY = new Capability(1, Bytes.of(new byte[16]));

    private static final List<Speed> SPEEDS = List.of(
            new Speed(QueryType.CHAT, "llama3", 80, 900, 41.5), new Speed(QueryType.SPEAK, null, 650, 650, null));

    private FirstVersion() {}

    /** The message as this version sends it, with everything that the first did not know. */
    static BusMessage withAllThatCameLater(BusMessage message) {
        return switch (message) {
            case DispatcherBound.Place p ->
                new DispatcherBound.Place(
                        p.intent(), p.gateway(), p.attempt(), p.excluded(), p.ttlMillis(), CAPABILITY, 5_000, true);
            case WorkerBound.Assign a ->
                new WorkerBound.Assign(
                        a.intent(),
                        a.gateway(),
                        a.dispatcher(),
                        a.attempt(),
                        a.ttlMillis(),
                        a.dispatchMicros(),
                        a.queueMillis(),
                        CAPABILITY,
                        true);
            case WorkerBound.Resume r -> new WorkerBound.Resume(r.key(), r.gateway(), r.afterSeq(), CAPABILITY);
            case WorkerBound.Probe p -> new WorkerBound.Probe(p.key(), p.gateway(), CAPABILITY);
            case Announcement.WorkerAnnouncement w ->
                new Announcement.WorkerAnnouncement(
                        w.worker(),
                        w.node(),
                        w.incarnation(),
                        w.name(),
                        w.version(),
                        w.serves(),
                        w.load(),
                        w.synthetic(),
                        Trust.VOLUNTEER,
                        SPEEDS);
            case GatewayBound.FromWorker said -> said.with(CAPABILITY);
            default -> message;
        };
    }
}
