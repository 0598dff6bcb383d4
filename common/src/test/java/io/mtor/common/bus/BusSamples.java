// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.bus;

import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.MonitorId;
import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.Parameters;
import io.mtor.common.protocol.Priority;
import io.mtor.common.protocol.Privacy;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.Turn;
import io.mtor.common.protocol.Usage;
import io.mtor.common.protocol.UserId;
import io.mtor.common.protocol.WorkerId;
import java.util.ArrayList;
import java.util.List;

/**
 * Every bus message as the first version knew it, with all that it could carry and with as little as it could. What was
 * added since has here the value that stands for something missing.
 */
final class BusSamples {

    private static final IntentKey KEY =
            new IntentKey(new UserId("ada"), new IntentId("5b1f0c3e-8a51-4a55-9d1e-2f6c1b0a7e42"));
    private static final WorkerId WORKER = new WorkerId("host-ollama");
    private static final GatewayId GATEWAY = new GatewayId("gateway-1");
    private static final DispatcherId DISPATCHER = new DispatcherId("dispatcher-1");
    private static final MonitorId MONITOR = new MonitorId("monitor-1");
    private static final QueryType CHAT = new QueryType("chat");
    private static final Bytes DATA = Bytes.of(new byte[] {0, 1, -1, 127, -128});
    private static final Load LOAD = new Load(4, 1, false);

    private BusSamples() {}

    static List<BusMessage> all() {
        List<BusMessage> all = new ArrayList<>();
        all.addAll(ofDispatchers());
        all.addAll(ofWorkers());
        all.addAll(ofGateways());
        all.addAll(ofEverybody());
        return all;
    }

    private static Intent rich() {
        return new Intent(
                KEY,
                CHAT,
                "Grüße 😀",
                "llama3",
                List.of(new Turn("system", "Be brief."), new Turn("user", "Hello")),
                List.of(Media.whole("image/png", DATA), Media.streamed("audio/ogg", 7)),
                new Parameters("{\"temperature\":0.5}"),
                Priority.VOICE,
                Privacy.ANY,
                true,
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    }

    private static Intent poor() {
        return new Intent(
                KEY,
                CHAT,
                "",
                null,
                List.of(),
                List.of(),
                Parameters.NONE,
                Priority.BATCH,
                Privacy.TRUSTED,
                false,
                null);
    }

    private static List<BusMessage> ofDispatchers() {
        var ended = new DispatcherBound.Ended(KEY, CHAT, DispatcherBound.Outcome.COMPLETED, 1_234);
        return List.of(
                new DispatcherBound.Place(rich(), GATEWAY, 2, List.of(WORKER, new WorkerId("other")), 60_000),
                new DispatcherBound.Place(poor(), GATEWAY, 1, List.of(), 1),
                new DispatcherBound.Withdraw(KEY, GATEWAY),
                new DispatcherBound.Withdraw(KEY),
                new DispatcherBound.WorkerReport(WORKER, LOAD, List.of(KEY), List.of(ended)),
                new DispatcherBound.WorkerReport(WORKER, new Load(0, 0, true), List.of(), List.of()),
                new DispatcherBound.Refused(WORKER, LOAD, KEY, 3, DispatcherBound.Reason.NOT_SERVED),
                new MonitorBound.Pong(WORKER, Long.MIN_VALUE, LOAD));
    }

    private static List<BusMessage> ofWorkers() {
        return List.of(
                new WorkerBound.Assign(rich(), GATEWAY, DISPATCHER, 2, 60_000, 17, 250),
                new WorkerBound.Assign(poor(), GATEWAY, DISPATCHER, 1, 1, 0, 0),
                new WorkerBound.Cancel(KEY, 2, GATEWAY),
                new WorkerBound.Cancel(KEY, Integer.MAX_VALUE),
                new WorkerBound.Resume(KEY, GATEWAY, -1),
                new WorkerBound.Credit(KEY, 1, 63),
                new WorkerBound.Ping(MONITOR, 42),
                new WorkerBound.Probe(KEY, GATEWAY));
    }

    private static List<BusMessage> ofGateways() {
        return List.of(
                new GatewayBound.Waiting(KEY, 1, 3, 1_500L),
                new GatewayBound.Waiting(KEY, 1, 3, null),
                new GatewayBound.Rejected(KEY, 1, ErrorCode.QUEUE_FULL, "the line is full", 1_000L),
                new GatewayBound.Rejected(KEY, 1, ErrorCode.IMPOSSIBLE, "", null),
                new GatewayBound.Accepted(KEY, 1, WORKER, "llama3", true, 17, 250),
                new GatewayBound.Accepted(KEY, 1, WORKER, null, false, 0, 0),
                new GatewayBound.Text(KEY, 1, WORKER, 0, "Grüße 😀"),
                new GatewayBound.MediaPart(KEY, 1, WORKER, 1, "image/png", 65_536, DATA, true),
                new GatewayBound.Progress(KEY, 1, WORKER, 2, 3, 20, Media.whole("image/png", DATA)),
                new GatewayBound.Progress(KEY, 1, WORKER, 2, 3, 20, null),
                new GatewayBound.Completed(KEY, 1, WORKER, 3, "Hello", "llama3", new Usage(12, 34), 5, 678),
                new GatewayBound.Completed(KEY, 1, WORKER, 0, "", null, null, 0, 0),
                new GatewayBound.Failed(KEY, 1, WORKER, GatewayBound.Cause.HANDED_BACK, "the worker leaves"),
                new GatewayBound.Alive(KEY, 1, WORKER, 3, true),
                new GatewayBound.UnknownIntent(KEY, WORKER),
                new GatewayBound.Moved(KEY, WORKER));
    }

    private static List<BusMessage> ofEverybody() {
        return List.of(
                new Announcement.WorkerAnnouncement(
                        WORKER,
                        "node-1",
                        -5,
                        "Ada's host",
                        "0.1.0",
                        List.of(new Offer(CHAT, List.of("llama3", "qwen3")), new Offer(QueryType.VISION, List.of())),
                        LOAD,
                        true),
                new Announcement.WorkerAnnouncement(WORKER, "", 0, "", "", List.of(), LOAD, false),
                new Announcement.WorkerLeft(WORKER, -5),
                new Announcement.DispatcherAnnouncement(DISPATCHER, "node-1", 12),
                new Announcement.DispatcherLeft(DISPATCHER),
                new Announcement.GatewayAnnouncement(GATEWAY, "node-1", 200),
                new Announcement.GatewayLeft(GATEWAY),
                new Announcement.MonitorAnnouncement(MONITOR, "node-1"),
                new Announcement.MonitorLeft(MONITOR),
                new Announcement.Verdict(WORKER, MONITOR, Announcement.Health.DEGRADED, "one pong missed"),
                new Announcement.Rollcall("dispatcher-1"));
    }
}
