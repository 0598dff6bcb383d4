// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mtor.common.bus.Announcement;
import io.mtor.common.bus.Announcement.WorkerAnnouncement;
import io.mtor.common.bus.Announcement.WorkerLeft;
import io.mtor.common.bus.Capability;
import io.mtor.common.bus.DispatcherBound;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.Load;
import io.mtor.common.bus.MonitorBound;
import io.mtor.common.edge.EdgeMessage;
import io.mtor.common.edge.JoinToken;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.MonitorId;
import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.Speed;
import io.mtor.common.protocol.Trust;
import io.mtor.common.protocol.UserId;
import io.mtor.common.protocol.WorkerId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A host speaks for its own workers only, and is what its token says. */
class HostRulesTest {

    private static final String MARK = "abcdefghijkl";
    private static final WorkerId OWN = new WorkerId("attic-" + MARK + ".ollama-aaaaaa");
    private static final WorkerId FOREIGN = new WorkerId("cellar-mmmmmmmmmmmm.ollama-aaaaaa");
    private static final IntentKey KEY =
            new IntentKey(new UserId("ada"), new IntentId("5b1f0c3e-8a51-4a55-9d1e-2f6c1b0a7e42"));
    private static final GatewayId GATEWAY = new GatewayId("gateway-1");
    private static final DispatcherId DISPATCHER = new DispatcherId("dispatcher-1");
    private static final MonitorId MONITOR = new MonitorId("monitor-1");
    private static final Capability CAPABILITY = new Capability(1, Bytes.of(new byte[] {1}));
    private static final Load LOAD = new Load(4, 0, false);

    private final HostRules rules = rules();

    private static HostRules rules(QueryType... types) {
        return new HostRules(MARK, new JoinToken("attic", Trust.VOLUNTEER, List.of(types), 1), "behind g", 2);
    }

    private static WorkerAnnouncement announcement(WorkerId worker, Load load, Offer... offers) {
        return new WorkerAnnouncement(worker, "mine", 7, "attic", "1", List.of(offers), load, false, Trust.OWN);
    }

    private static EdgeMessage.FromHost said(WorkerId worker) {
        return new EdgeMessage.Said(announcement(worker, LOAD));
    }

    private void assertForbidden(EdgeMessage.FromHost message, String why) {
        assertThatThrownBy(() -> rules.judge(message))
                .isInstanceOf(HostRules.Forbidden.class)
                .hasMessageContaining(why);
    }

    @Test
    void shouldBeWhatItsTokenSays() throws Exception {
        Offer chat = new Offer(QueryType.CHAT, List.of("m"));
        Offer speak = new Offer(QueryType.SPEAK, List.of());

        EdgeMessage.FromHost passed =
                rules(QueryType.CHAT).judge(new EdgeMessage.Said(announcement(OWN, LOAD, chat, speak)));

        assertThat(passed)
                .isEqualTo(new EdgeMessage.Said(new WorkerAnnouncement(
                        OWN, "behind g", 7, "attic", "1", List.of(chat), LOAD, false, Trust.VOLUNTEER)));
    }

    private static WorkerAnnouncement measured(List<Speed> speeds) {
        Offer chat = new Offer(QueryType.CHAT, List.of("m"));
        return new WorkerAnnouncement(OWN, "mine", 7, "attic", "1", List.of(chat), LOAD, false, Trust.OWN, speeds);
    }

    @Test
    void shouldTellHowFastItIsOfWhatItOffers() throws Exception {
        Speed chat = new Speed(QueryType.CHAT, "m", 80, 900, 41.5);
        Speed other = new Speed(QueryType.CHAT, "n", 80, 900, null);
        Speed speak = new Speed(QueryType.SPEAK, null, 80, 900, null);

        var passed = (EdgeMessage.Said) rules.judge(new EdgeMessage.Said(measured(List.of(other, chat, speak))));

        assertThat(((WorkerAnnouncement) passed.announcement()).speeds()).containsExactly(chat);
        assertForbidden(
                new EdgeMessage.Said(measured(Collections.nCopies(Speed.MAX_TOLD + 1, chat))),
                "a worker may tell 100 speeds");
        assertForbidden(
                new EdgeMessage.Said(measured(List.of(new Speed(QueryType.CHAT, "m", 80, 900, -1.0)))),
                "each plausible");
    }

    @Test
    void shouldServeAnythingWithATokenForAnything() throws Exception {
        Offer chat = new Offer(QueryType.CHAT, List.of("m"));

        EdgeMessage.Said passed = (EdgeMessage.Said) rules.judge(new EdgeMessage.Said(announcement(OWN, LOAD, chat)));

        assertThat(((WorkerAnnouncement) passed.announcement()).serves()).containsExactly(chat);
    }

    @Test
    void shouldHaveNoNameThatAnotherKeyGives() {
        for (String id : List.of(
                FOREIGN.value(),
                "attic-" + MARK,
                "attic." + MARK + ".ollama",
                MARK + ".ollama",
                "attic-" + MARK + "x.ollama",
                "cellar-mmmmmmmmmmmm.x-" + MARK + ".y")) {
            assertForbidden(said(new WorkerId(id)), "does not belong to the name");
        }
    }

    private static EdgeMessage.FromHost answer(GatewayBound.FromWorker said) {
        return new EdgeMessage.ToGateway(GATEWAY, said.with(CAPABILITY));
    }

    /** What is no media type would fail in the midst of an answer, and what is long is not counted anywhere. */
    @Test
    void shouldSayNothingStrangeBesideItsAnswer() throws Exception {
        rules.judge(said(OWN));
        Bytes data = Bytes.of(new byte[1]);

        assertForbidden(
                answer(new GatewayBound.MediaPart(KEY, 1, OWN, 0, "nonsense", 0, data, true)),
                "must look like image/png");
        assertForbidden(
                answer(new GatewayBound.MediaPart(KEY, 1, OWN, 0, "a/" + "b".repeat(100), 0, data, true)),
                "must look like image/png");
        assertForbidden(
                answer(new GatewayBound.Accepted(KEY, 1, OWN, "m".repeat(257), false, 0, 0)), "the name of a model");
        assertForbidden(
                answer(new GatewayBound.Completed(KEY, 1, OWN, 0, "", "m".repeat(257), null, 0, 0)),
                "the name of a model");
    }

    @Test
    void shouldTellOfAFailureBriefly() throws Exception {
        rules.judge(said(OWN));

        var passed = (EdgeMessage.ToGateway)
                rules.judge(answer(new GatewayBound.Failed(KEY, 1, OWN, GatewayBound.Cause.FAILED, "x".repeat(5_000))));

        assertThat(passed.message())
                .isEqualTo(new GatewayBound.Failed(KEY, 1, OWN, GatewayBound.Cause.FAILED, "x".repeat(1_000) + "…")
                        .with(CAPABILITY));
    }

    @Test
    void shouldSpeakForItsAnnouncedWorkersOnly() throws Exception {
        List<EdgeMessage.FromHost> own = speeches(OWN);
        own.forEach(each -> assertForbidden(each, "has no worker"));

        rules.judge(said(OWN));

        for (EdgeMessage.FromHost each : own) {
            assertThat(rules.judge(each)).isEqualTo(each);
        }
        speeches(FOREIGN).forEach(each -> assertForbidden(each, "has no worker"));
    }

    private static List<EdgeMessage.FromHost> speeches(WorkerId worker) {
        return List.of(
                new EdgeMessage.ToGateway(GATEWAY, new GatewayBound.Text(KEY, 1, worker, 0, "Hi", CAPABILITY)),
                new EdgeMessage.ToGateway(GATEWAY, new GatewayBound.Moved(KEY, worker, CAPABILITY)),
                new EdgeMessage.ToDispatcher(
                        DISPATCHER, new DispatcherBound.WorkerReport(worker, LOAD, List.of(), List.of())),
                new EdgeMessage.ToDispatcher(
                        DISPATCHER,
                        new DispatcherBound.Refused(worker, LOAD, KEY, 1, DispatcherBound.Reason.NO_FREE_SLOT)),
                new EdgeMessage.ToMonitor(MONITOR, new MonitorBound.Pong(worker, 1, LOAD)));
    }

    @Test
    void shouldShowACapabilityInEveryAnswer() throws Exception {
        rules.judge(said(OWN));

        assertForbidden(
                new EdgeMessage.ToGateway(GATEWAY, new GatewayBound.Text(KEY, 1, OWN, 0, "Hi", null)),
                "shows no capability");
    }

    @Test
    void shouldNotSpeakOnceItsWorkerHasLeft() throws Exception {
        rules.judge(said(OWN));
        assertThat(rules.workers()).containsOnly(Map.entry(OWN, 7L));

        rules.judge(new EdgeMessage.Said(new WorkerLeft(OWN, 7)));

        assertThat(rules.workers()).isEmpty();
        assertForbidden(speeches(OWN).get(0), "has no worker");
        assertForbidden(new EdgeMessage.Said(new WorkerLeft(FOREIGN, 7)), "has no worker");
    }

    @Test
    void shouldNotPretendToBeAnythingElse() throws Exception {
        rules.judge(said(OWN));

        for (EdgeMessage.FromHost each : List.of(
                new EdgeMessage.Said(new Announcement.GatewayLeft(GATEWAY)),
                new EdgeMessage.Said(new Announcement.Rollcall("me")),
                new EdgeMessage.Said(
                        new Announcement.Verdict(FOREIGN, MONITOR, Announcement.Health.DOWN, "because I say so")),
                new EdgeMessage.ToGateway(GATEWAY, new GatewayBound.Waiting(KEY, 1, 1, null)),
                new EdgeMessage.ToDispatcher(DISPATCHER, new DispatcherBound.Withdraw(KEY)),
                new EdgeMessage.Proof(Bytes.EMPTY, Bytes.EMPTY))) {
            assertForbidden(each, "a host does not send");
        }
    }

    @Test
    void shouldHaveBounds() throws Exception {
        assertForbidden(new EdgeMessage.Said(announcement(OWN, new Load(1_000_000, 0, false))), "slots");
        assertForbidden(new EdgeMessage.Said(announcement(OWN, new Load(1, -1, false))), "slots");
        assertForbidden(
                new EdgeMessage.Said(announcement(OWN, LOAD, new Offer(QueryType.CHAT, List.of("m".repeat(257))))),
                "characters");
        assertForbidden(
                new EdgeMessage.Said(
                        new WorkerAnnouncement(OWN, "n", 7, "a".repeat(101), "1", List.of(), LOAD, false, null)),
                "a name or a version");
        rules.judge(said(new WorkerId("attic-" + MARK + ".a")));
        rules.judge(said(new WorkerId("attic-" + MARK + ".b")));
        rules.judge(said(new WorkerId("attic-" + MARK + ".b")));
        assertForbidden(said(new WorkerId("attic-" + MARK + ".c")), "may have 2 workers");
    }
}
