// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.protocol;

import io.mtor.common.protocol.ServerMessage.DispatcherState;
import io.mtor.common.protocol.ServerMessage.GatewayState;
import io.mtor.common.protocol.ServerMessage.HostState;
import io.mtor.common.protocol.ServerMessage.LineState;
import io.mtor.common.protocol.ServerMessage.Standing;
import io.mtor.common.protocol.ServerMessage.WorkerState;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One message of every type with every field, and one with no more than it needs; the key is the golden file's name. */
final class ProtocolSamples {

    static final IntentId GUID = new IntentId("0b5c6e3a-9c1d-4f62-8a57-2f9d3f1c7e10");

    private static final UserId ADA = new UserId("ada");
    private static final WorkerId WORKER = new WorkerId("box-1.ollama");
    private static final Media PICTURE =
            Media.whole("image/png", Bytes.of("not really a picture".getBytes(StandardCharsets.UTF_8)));

    private ProtocolSamples() {}

    static Map<String, ClientMessage> ofClients() {
        Map<String, ClientMessage> samples = new LinkedHashMap<>();
        samples.put(
                "hello",
                new ClientMessage.Hello(
                        "shell/0.1", "a-token", ADA, Map.of(GUID, new ClientMessage.Seen(41, WORKER, 2))));
        samples.put("hello-minimal", new ClientMessage.Hello(null, null, null, null));
        samples.put(
                "work",
                new ClientMessage.Work(
                        GUID,
                        QueryType.VISION,
                        "What is “this”?\n\tÄ 😀",
                        ADA,
                        "llama3.2-vision:11b",
                        List.of(
                                new Turn("system", "Be brief."),
                                new Turn("user", "Hello"),
                                new Turn("assistant", "Hi.")),
                        List.of(PICTURE, Media.streamed("audio/ogg", 7)),
                        new Parameters("{\"temperature\":0.7,\"stop\":[\"\\n\"],\"options\":{\"num_ctx\":4096}}"),
                        true,
                        Priority.VOICE,
                        30_000L,
                        Privacy.ANY,
                        true,
                        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
        samples.put("work-minimal", ClientMessage.Work.of(GUID, QueryType.CHAT, "Hello", null));
        samples.put("cancel", new ClientMessage.Cancel(GUID, 120));
        samples.put("cancel-minimal", new ClientMessage.Cancel(GUID, null));
        samples.put("watch", new ClientMessage.Watch("realm", true));
        samples.put("watch-admin", new ClientMessage.Watch("admin", false));
        samples.put("admin-drain", new ClientMessage.Admin(ClientMessage.Action.DRAIN, WORKER, null));
        samples.put(
                "admin-drain-host",
                new ClientMessage.Admin(ClientMessage.Action.DRAIN, null, "a new fan", "uaq4y7uyx26o"));
        samples.put("admin-resume", new ClientMessage.Admin(ClientMessage.Action.RESUME, WORKER, null));
        samples.put(
                "admin-notice", new ClientMessage.Admin(ClientMessage.Action.NOTICE, null, "box-1 restarts at noon."));
        samples.put("admin-approve", new ClientMessage.Admin(ClientMessage.Action.APPROVE, null, null, "uaq4y7uyx26o"));
        samples.put("admin-revoke", new ClientMessage.Admin(ClientMessage.Action.REVOKE, null, "sold", "uaq4y7uyx26o"));
        samples.put("client-ping", new ClientMessage.Ping("box-1"));
        samples.put("client-pong", new ClientMessage.Pong("box-1"));
        return samples;
    }

    static Map<String, ServerMessage> ofGateways() {
        Map<String, ServerMessage> samples = new LinkedHashMap<>();
        samples.put(
                "welcome",
                new ServerMessage.Welcome("s-1", ADA, Limits.DEFAULT, List.of(QueryType.CHAT, QueryType.VISION), null));
        samples.put(
                "welcome-operator",
                new ServerMessage.Welcome("s-1", ADA, Limits.DEFAULT, List.of(), ServerMessage.Role.ADMIN));
        samples.put("ack", new ServerMessage.Ack(GUID, QueryType.IMAGINE, 0.75));
        samples.put("ack-minimal", new ServerMessage.Ack(GUID, QueryType.CHAT, null));
        samples.put("queued", new ServerMessage.Queued(GUID, 3, 1_500L));
        samples.put("queued-minimal", new ServerMessage.Queued(GUID, 1, null));
        samples.put("queued-unknown", new ServerMessage.Queued(GUID, null, null));
        samples.put("accepted", new ServerMessage.Accepted(GUID, WORKER, "llama3.2:3b", 2, true));
        samples.put("accepted-minimal", new ServerMessage.Accepted(GUID, WORKER, null, 1, null));
        samples.put("chunk", new ServerMessage.Chunk(GUID, 0, "Hel\"lo\\", null, null));
        samples.put("chunk-stream", new ServerMessage.Chunk(GUID, 5, null, 255, "audio/ogg"));
        samples.put("progress", new ServerMessage.Progress(GUID, 4, 10, 50, PICTURE));
        samples.put("progress-minimal", new ServerMessage.Progress(GUID, 0, 0, 1, null));
        samples.put("restart", new ServerMessage.Restart(GUID, 2, "the worker fell silent"));
        samples.put(
                "result",
                new ServerMessage.Result(
                        GUID,
                        "Hello.",
                        WORKER,
                        "llama3.2:3b",
                        List.of(PICTURE),
                        new Usage(12, 34),
                        new Timing(41L, 250L, 80L, 900L),
                        true));
        samples.put(
                "result-minimal",
                new ServerMessage.Result(GUID, "", WORKER, null, null, null, new Timing(null, null, null, null), null));
        samples.put(
                "error",
                new ServerMessage.Failure(GUID, ErrorCode.QUEUE_FULL, "the queue for chat is full", true, 2_000L));
        samples.put("error-minimal", ServerMessage.Failure.of(null, ErrorCode.BAD_REQUEST, "guid is missing"));
        samples.put(
                "realm",
                new ServerMessage.Realm(
                        17,
                        List.of(new WorkerState(
                                WORKER,
                                "Box 1",
                                ServerMessage.Health.DEGRADED,
                                "one ping was not answered",
                                List.of(
                                        new Offer(QueryType.CHAT, List.of("llama3.2:3b")),
                                        new Offer(QueryType.SPEAK, List.of())),
                                4,
                                1,
                                false,
                                List.of(
                                        new Speed(QueryType.CHAT, "llama3.2:3b", 80, 900, 41.5),
                                        new Speed(QueryType.SPEAK, null, 650, 650, null)))),
                        2,
                        1,
                        2,
                        9));
        samples.put("realm-minimal", new ServerMessage.Realm(1, List.of(), 1, 0, 0, 0));
        samples.put(
                "operations",
                new ServerMessage.Operations(
                        List.of(new LineState(QueryType.CHAT, 3, 1_250L, 12.5)),
                        List.of(new DispatcherState(
                                new DispatcherId("dispatcher-1"), 60_000, 4, 12.5, 50_331_648, 268_435_456)),
                        List.of(new GatewayState(
                                new GatewayId("gateway-1"), 61_000, 120, 7, 3.2, 67_108_864, 268_435_456)),
                        List.of(new HostState(
                                "uaq4y7uyx26o", "attic", Trust.TRUSTED, Standing.IN, 2, new GatewayId("gateway-1")))));
        samples.put(
                "operations-minimal",
                new ServerMessage.Operations(
                        List.of(new LineState(QueryType.VISION, 0, null, null)),
                        List.of(new DispatcherState(new DispatcherId("dispatcher-1"), 900, 0, null, 1, 2)),
                        List.of(new GatewayState(new GatewayId("gateway-1"), 900, 1, 0, null, 1, 2)),
                        List.of(new HostState("uaq4y7uyx26o", null, null, Standing.REVOKED, 0, null))));
        samples.put("notice", new ServerMessage.Notice("This gateway is shutting down."));
        samples.put("ping", new ServerMessage.Ping("s-1"));
        samples.put("pong", new ServerMessage.Pong("s-1"));
        return samples;
    }
}
