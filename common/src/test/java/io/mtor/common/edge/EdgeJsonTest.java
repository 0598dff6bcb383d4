// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mtor.common.bus.Announcement;
import io.mtor.common.bus.Announcement.GatewayLeft;
import io.mtor.common.bus.Announcement.WorkerAnnouncement;
import io.mtor.common.bus.Capability;
import io.mtor.common.bus.DispatcherBound;
import io.mtor.common.bus.DispatcherBound.Ended;
import io.mtor.common.bus.DispatcherBound.Outcome;
import io.mtor.common.bus.DispatcherBound.Reason;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.bus.Load;
import io.mtor.common.bus.MonitorBound;
import io.mtor.common.bus.WorkerBound;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.DispatcherId;
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
import io.mtor.common.protocol.Trust;
import io.mtor.common.protocol.Turn;
import io.mtor.common.protocol.Usage;
import io.mtor.common.protocol.UserId;
import io.mtor.common.protocol.WorkerId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeJsonTest {

    private static final IntentKey KEY =
            new IntentKey(new UserId("ada"), new IntentId("5b1f0c3e-8a51-4a55-9d1e-2f6c1b0a7e42"));
    private static final WorkerId WORKER = new WorkerId("attic-abcdefghijkl.ollama-aaaaaa");
    private static final GatewayId GATEWAY = new GatewayId("gateway-1");
    private static final DispatcherId DISPATCHER = new DispatcherId("dispatcher-1");
    private static final Bytes DATA = Bytes.of(new byte[] {0, 1, -1, 127, -128});
    private static final Capability CAPABILITY = new Capability(2, DATA);
    private static final Load LOAD = new Load(4, 1, false);

    private static Intent intent() {
        return new Intent(
                KEY,
                QueryType.CHAT,
                "Grüße 😀 \"\\\n",
                "llama3",
                List.of(new Turn("user", "Hello")),
                List.of(Media.whole("image/png", DATA)),
                new Parameters("{\"temperature\":0.5,\"stop\":[\"a\",null]}"),
                Priority.API,
                Privacy.ANY,
                true,
                null);
    }

    private static List<EdgeMessage> messages() {
        return List.of(
                new EdgeMessage.Challenge(DATA),
                new EdgeMessage.Proof(DATA, Bytes.EMPTY),
                new EdgeMessage.Waiting("an operator has to approve this host"),
                new EdgeMessage.Welcome(GATEWAY, Trust.VOLUNTEER, List.of(QueryType.CHAT)),
                told(new WorkerBound.Assign(intent(), GATEWAY, DISPATCHER, 2, 60_000, 5, 7, CAPABILITY, true)),
                told(new WorkerBound.Cancel(KEY, 1)),
                told(new WorkerBound.Resume(KEY, GATEWAY, -1, CAPABILITY)),
                told(new WorkerBound.Probe(KEY, GATEWAY, CAPABILITY)),
                told(new WorkerBound.Credit(KEY, 1, 3)),
                told(new WorkerBound.Ping(new MonitorId("m"), Long.MIN_VALUE)),
                told(new WorkerBound.Drain(GATEWAY, true)),
                new EdgeMessage.News(new GatewayLeft(GATEWAY)),
                said(new GatewayBound.Accepted(KEY, 1, WORKER, null, true, 1, 2, CAPABILITY)),
                said(new GatewayBound.Text(KEY, 1, WORKER, 0, "Hi ", CAPABILITY)),
                said(new GatewayBound.MediaPart(KEY, 1, WORKER, 1, "image/png", 0, DATA, true, CAPABILITY)),
                said(new GatewayBound.Progress(KEY, 1, WORKER, 2, 1, 4, Media.whole("image/png", DATA), CAPABILITY)),
                said(new GatewayBound.Completed(KEY, 1, WORKER, 3, "Hi", "m", new Usage(1, 2), 4, 5, CAPABILITY)),
                said(new GatewayBound.Failed(KEY, 1, WORKER, Cause.NO_MODEL, "gone", CAPABILITY)),
                said(new GatewayBound.Alive(KEY, 1, WORKER, 3, true, CAPABILITY)),
                said(new GatewayBound.UnknownIntent(KEY, WORKER, CAPABILITY)),
                said(new GatewayBound.Moved(KEY, WORKER, CAPABILITY)),
                new EdgeMessage.ToDispatcher(
                        DISPATCHER,
                        new DispatcherBound.WorkerReport(
                                WORKER,
                                LOAD,
                                List.of(KEY),
                                List.of(new Ended(KEY, QueryType.CHAT, Outcome.COMPLETED, 9)))),
                new EdgeMessage.ToDispatcher(
                        DISPATCHER, new DispatcherBound.Refused(WORKER, LOAD, KEY, 1, Reason.NO_FREE_SLOT)),
                new EdgeMessage.ToMonitor(new MonitorId("m"), new MonitorBound.Pong(WORKER, 3, LOAD)),
                new EdgeMessage.Said(new WorkerAnnouncement(
                        WORKER,
                        "n",
                        -7,
                        "attic",
                        "1",
                        List.of(new Offer(QueryType.CHAT, List.of("llama3"))),
                        LOAD,
                        false,
                        Trust.OWN)),
                new EdgeMessage.Said(new Announcement.WorkerLeft(WORKER, -7)));
    }

    private static EdgeMessage told(WorkerBound message) {
        return new EdgeMessage.Told(WORKER, message);
    }

    private static EdgeMessage said(GatewayBound message) {
        return new EdgeMessage.ToGateway(GATEWAY, message);
    }

    private static EdgeMessage decode(String frame) {
        return EdgeJson.decode(frame, EdgeMessage.class);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldComeBackAsItWent(EdgeMessage message) {
        assertThat(decode(EdgeJson.encode(message))).isEqualTo(message);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldBeHeardFromOneSideOnly(EdgeMessage message) {
        String frame = EdgeJson.encode(message);
        boolean fromHost = message instanceof EdgeMessage.FromHost;
        Class<? extends EdgeMessage> side = fromHost ? EdgeMessage.FromHost.class : EdgeMessage.FromGateway.class;
        Class<? extends EdgeMessage> other = fromHost ? EdgeMessage.FromGateway.class : EdgeMessage.FromHost.class;

        assertThat(EdgeJson.decode(frame, side)).isEqualTo(message);
        assertThatThrownBy(() -> EdgeJson.decode(frame, other)).hasMessageEndingWith(" is for the other side to say");
    }

    @Test
    void shouldBeReadableByOthers() {
        assertThat(EdgeJson.encode(said(new GatewayBound.Text(KEY, 1, WORKER, 0, "Hi", null))))
                .isEqualTo("{\"type\":\"to-gateway\",\"to\":\"gateway-1\",\"message\":{\"type\":\"text\","
                        + "\"key\":{\"user\":\"ada\",\"guid\":\"5b1f0c3e-8a51-4a55-9d1e-2f6c1b0a7e42\"},\"attempt\":1,"
                        + "\"worker\":\"attic-abcdefghijkl.ollama-aaaaaa\",\"seq\":0,\"text\":\"Hi\"}}");
        assertThat(EdgeJson.encode(
                        new EdgeMessage.ToMonitor(new MonitorId("m"), new MonitorBound.Pong(WORKER, 3, LOAD))))
                .isEqualTo("{\"type\":\"to-monitor\",\"to\":\"m\",\"message\":{\"type\":\"pong\","
                        + "\"worker\":\"attic-abcdefghijkl.ollama-aaaaaa\",\"nonce\":3,"
                        + "\"load\":{\"slots\":4,\"in_flight\":1,\"draining\":false}}}");
    }

    @Test
    void shouldIgnoreWhatANewerVersionAdds() {
        assertThat(decode("{\"type\":\"challenge\",\"nonce\":\"AAE=\",\"mood\":\"good\"}"))
                .isEqualTo(new EdgeMessage.Challenge(Bytes.of(new byte[] {0, 1})));
    }

    @Test
    void shouldNameTheFieldThatIsWrongAndRepeatNothingOfIt() {
        assertThatThrownBy(
                        () -> decode(
                                "{\"type\":\"told\",\"worker\":\"w\",\"message\":{\"type\":\"cancel\","
                                        + "\"key\":{\"user\":\"u\",\"guid\":\"5b1f0c3e-8a51-4a55-9d1e-2f6c1b0a7e42\"},\"attempt\":\"a secret\"}}"))
                .hasMessage("the field message.attempt cannot be read")
                .hasNoCause();
        assertThatThrownBy(() -> decode("a secret"))
                .hasMessage("it is no JSON of ours")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "7",
                "{}",
                "{\"type\":\"challenge\"}",
                "{\"type\":\"challenge\",\"nonce\":null}",
                "{\"type\":\"challenge\",\"nonce\":\"***\"}",
                "{\"type\":\"java.lang.String\",\"value\":\"x\"}",
                "{\"type\":\"welcome\",\"gateway\":\"g\",\"trust\":\"own\",\"query_types\":[null]}",
                "{\"type\":\"welcome\",\"gateway\":\"g\",\"trust\":\"king\",\"query_types\":[]}",
                "{\"type\":\"told\",\"worker\":\"w\",\"message\":null}",
                "{\"type\":\"told\",\"worker\":\"w\",\"message\":{\"type\":\"text\"}}",
                "{\"type\":\"told\",\"worker\":\"w\",\"message\":{\"type\":\"credit\",\"key\":{\"user\":\"u\"},\"attempt\":1,\"seq\":2}}",
                "{\"type\":\"told\",\"worker\":\"w\",\"message\":{\"type\":\"ping\",\"monitor\":\"m\",\"nonce\":null}}",
                "{\"type\":\"told\",\"worker\":\"a b\",\"message\":{\"type\":\"ping\",\"monitor\":\"m\",\"nonce\":1}}",
                "{\"type\":\"challenge\",\"nonce\":\"AAE=\"} {}"
            })
    void shouldRefuseWhatIsNoMessageOfOurs(String frame) {
        assertThatThrownBy(() -> decode(frame)).isInstanceOf(IllegalArgumentException.class);
    }
}
