// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.Announcement.WorkerAnnouncement;
import io.mtor.common.bus.DispatcherBound.Ended;
import io.mtor.common.bus.DispatcherBound.Outcome;
import io.mtor.common.bus.DispatcherBound.Reason;
import io.mtor.common.bus.DispatcherBound.Refused;
import io.mtor.common.bus.DispatcherBound.WorkerReport;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.Load;
import io.mtor.common.bus.MonitorBound.Pong;
import io.mtor.common.bus.Operating.Audited;
import io.mtor.common.bus.WorkerBound;
import io.mtor.common.config.ConfigLoader;
import io.mtor.common.edge.EdgeMessage;
import io.mtor.common.edge.EdgeMessage.FromHost;
import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.MonitorId;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.Speed;
import io.mtor.common.protocol.Trust;
import io.mtor.common.protocol.WorkerId;
import io.mtor.gateway.audit.AuditConfig;
import io.mtor.gateway.audit.Reputations;
import io.mtor.gateway.hosts.HostEntry.Verb;
import io.mtor.gateway.testing.Intents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a host says of its load, and of how well it does, is believed as far as it can be. */
class RestraintTest {

    private static final String MARK = "abcdefghijkl";
    private static final WorkerId WORKER = new WorkerId("attic-" + MARK + ".ollama-aaaaaa");
    private static final GatewayId GATEWAY = new GatewayId("gateway-1");
    private static final DispatcherId DISPATCHER = new DispatcherId("dispatcher-1");
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    private static final Load IDLE = new Load(4, 0, false);

    private final Reputations reputations = new Reputations();
    private final HostBook book = new HostBook();
    private final List<WorkerReport> reports = new ArrayList<>();
    private InHand inHand = inHand(Trust.VOLUNTEER);
    private final Restraint restraint = restraint(UnaryOperator.identity());
    private long now;

    private InHand inHand(Trust trust) {
        return new InHand(trust, ConfigLoader.defaults(HostsConfig.Answer.class), (to, report) -> reports.add(report));
    }

    private Restraint restraint(UnaryOperator<AuditConfig> changed) {
        return new Restraint(changed.apply(ConfigLoader.defaults(AuditConfig.class)), reputations, book);
    }

    private Load known(Restraint by, Trust trust, Load said) {
        var announcement = new WorkerAnnouncement(
                WORKER,
                "n",
                7,
                "attic",
                "1",
                List.of(),
                said,
                false,
                trust,
                List.of(new Speed(QueryType.CHAT, "m", 1, 2, null)));
        var passed = (EdgeMessage.Said) by.apply(MARK, trust, new EdgeMessage.Said(announcement), inHand, now);
        var known = (WorkerAnnouncement) passed.announcement();
        assertThat(known).isEqualTo(announcement.with(known.load()));
        return known.load();
    }

    private Load known(Load said) {
        return known(restraint, Trust.VOLUNTEER, said);
    }

    private void audits(int count, boolean agreed) {
        for (int i = 0; i < count; i++) {
            reputations.note(MARK, agreed);
        }
    }

    private IntentKey assign(long ttlMillis) {
        Intent intent = Intents.chat("Hello");
        inHand.told(WORKER, new WorkerBound.Assign(intent, GATEWAY, DISPATCHER, 1, ttlMillis, 0, 0), now);
        return intent.key();
    }

    private void says(FromHost message) {
        restraint.apply(MARK, Trust.VOLUNTEER, message, inHand, now);
    }

    @Test
    void shouldGiveAVolunteerOneSlotUntilItIsTrusted() {
        assertThat(known(IDLE)).isEqualTo(new Load(1, 0, false));
        assertThat(known(restraint, Trust.TRUSTED, IDLE)).isEqualTo(IDLE);
        assertThat(known(restraint, Trust.OWN, IDLE)).isEqualTo(IDLE);

        audits(200, true);
        assertThat(known(IDLE)).isEqualTo(IDLE);
        audits(1, false);
        assertThat(known(IDLE)).isEqualTo(new Load(1, 0, false));
    }

    @Test
    void shouldGiveNothingNewToOneThatWasCaughtUntilAnOperatorApprovesIt() {
        book.add(new HostEntry(NOON, Verb.CAUGHT, MARK, "audits"));
        assertThat(known(IDLE)).isEqualTo(new Load(1, 0, true));

        book.add(new HostEntry(NOON.plusSeconds(1), Verb.APPROVED, MARK, ""));
        assertThat(known(IDLE)).isEqualTo(new Load(1, 0, false));
    }

    @Test
    void shouldGiveNothingNewToOneThatAnOperatorDrainsWhosesoeverItIs() {
        book.add(new HostEntry(NOON, Verb.DRAINED, MARK, "a new fan"));

        assertThat(known(restraint, Trust.OWN, IDLE)).isEqualTo(new Load(4, 0, true));
        assertThat(known(IDLE).draining()).isTrue();
    }

    @Test
    void shouldSayTheSameInAllThatTellsOfALoad() {
        var one = new Load(1, 0, false);
        IntentKey key = Intents.chat("Hello").key();

        assertThat(Stream.<FromHost>of(
                                new EdgeMessage.ToDispatcher(
                                        DISPATCHER, new WorkerReport(WORKER, IDLE, List.of(), List.of())),
                                new EdgeMessage.ToDispatcher(
                                        DISPATCHER, new Refused(WORKER, IDLE, key, 1, Reason.NO_FREE_SLOT)),
                                new EdgeMessage.ToMonitor(new MonitorId("m"), new Pong(WORKER, 1, IDLE)))
                        .map(message -> restraint.apply(MARK, Trust.VOLUNTEER, message, inHand, now)))
                .containsExactly(
                        new EdgeMessage.ToDispatcher(DISPATCHER, new WorkerReport(WORKER, one, List.of(), List.of())),
                        new EdgeMessage.ToDispatcher(DISPATCHER, new Refused(WORKER, one, key, 1, Reason.NO_FREE_SLOT)),
                        new EdgeMessage.ToMonitor(new MonitorId("m"), new Pong(WORKER, 1, one)));
    }

    /** It could take everybody's intents, one after the other, and drip. */
    @Test
    void shouldNotBelieveThatAVolunteerIsIdleThatHasNotEndedWhatItWasGiven() {
        IntentKey first = assign(60_000);
        IntentKey second = assign(60_000);
        assertThat(known(IDLE).inFlight()).isEqualTo(2);
        assertThat(known(new Load(4, 3, false)).inFlight()).isEqualTo(3);

        says(new EdgeMessage.ToDispatcher(
                DISPATCHER,
                new WorkerReport(
                        WORKER, IDLE, List.of(), List.of(new Ended(first, QueryType.CHAT, Outcome.COMPLETED, 1)))));
        assertThat(known(IDLE).inFlight()).isEqualTo(2);

        says(new EdgeMessage.ToGateway(GATEWAY, new GatewayBound.Completed(first, 1, WORKER, 0, "", null, null, 0, 0)));
        assertThat(known(IDLE).inFlight()).isEqualTo(1);
        says(new EdgeMessage.ToDispatcher(DISPATCHER, new Refused(WORKER, IDLE, second, 1, Reason.PAUSED)));
        assertThat(known(IDLE).inFlight()).isZero();
    }

    @Test
    void shouldForgetWhatWasTakenBackAndWhoseTimeIsOver() {
        IntentKey cancelled = assign(60_000);
        IntentKey unknown = assign(60_000);
        IntentKey failed = assign(60_000);
        assign(1_000);
        assertThat(known(IDLE).inFlight()).isEqualTo(4);

        inHand.told(WORKER, new WorkerBound.Cancel(cancelled, 1), now);
        says(new EdgeMessage.ToGateway(GATEWAY, new GatewayBound.UnknownIntent(unknown, WORKER)));
        says(new EdgeMessage.ToGateway(
                GATEWAY, new GatewayBound.Failed(failed, 1, WORKER, GatewayBound.Cause.FAILED, "no")));
        assertThat(known(IDLE).inFlight()).isEqualTo(1);
        now = 1_000 + InHand.MAX_LATE_MILLIS;
        assertThat(known(IDLE).inFlight()).isZero();
    }

    private Ended reports(Ended ended) {
        var said = new EdgeMessage.ToDispatcher(DISPATCHER, new WorkerReport(WORKER, IDLE, List.of(), List.of(ended)));
        var known = (EdgeMessage.ToDispatcher) restraint.apply(MARK, Trust.OWN, said, inHand, now);
        return ((WorkerReport) known.message()).ended().getFirst();
    }

    @Test
    void shouldMeasureHowLongAWorkerTook() {
        IntentKey key = assign(60_000);
        now = 5_000;
        says(new EdgeMessage.ToGateway(GATEWAY, new GatewayBound.Completed(key, 1, WORKER, 0, "", null, null, 0, 0)));
        now = 5_100;

        assertThat(reports(new Ended(key, QueryType.CHAT, Outcome.COMPLETED, 1)))
                .isEqualTo(new Ended(key, QueryType.CHAT, Outcome.COMPLETED, 5_000));
        assertThat(reports(new Ended(key, QueryType.CHAT, Outcome.COMPLETED, 1)).outcome())
                .as("a second time")
                .isEqualTo(Outcome.CANCELLED);
    }

    /** Its pieces wait for a client that does not read. */
    @Test
    void shouldLeaveAnHonestHostTheSlotOfAnAnswerThatIsHeldUp() {
        inHand = inHand(Trust.OWN);
        IntentKey heldUp = assign(60_000);
        now = 2_000;
        assertThat(reports(new Ended(heldUp, QueryType.CHAT, Outcome.COMPLETED, 2_000)))
                .isEqualTo(new Ended(heldUp, QueryType.CHAT, Outcome.CANCELLED, 0));
        assertThat(known(restraint, Trust.OWN, IDLE)).isEqualTo(IDLE);

        now = 9_000;
        says(new EdgeMessage.ToGateway(
                GATEWAY, new GatewayBound.Completed(heldUp, 1, WORKER, 0, "", null, null, 0, 0)));

        assertThat(reports)
                .containsExactly(new WorkerReport(
                        WORKER, IDLE, List.of(), List.of(new Ended(heldUp, QueryType.CHAT, Outcome.COMPLETED, 2_000))));
    }

    @Test
    void shouldNotBelieveThatAWorkerHasDoneWhatNobodySaw() {
        IntentKey open = assign(60_000);
        IntentKey unknown = Intents.chat("Hello").key();

        assertThat(Stream.of(open, unknown).map(key -> reports(new Ended(key, QueryType.CHAT, Outcome.COMPLETED, 1))))
                .containsExactly(
                        new Ended(open, QueryType.CHAT, Outcome.CANCELLED, 0),
                        new Ended(unknown, QueryType.CHAT, Outcome.CANCELLED, 0));
    }

    @Test
    void shouldReportItselfWhatAWorkerWasToldToStopOrFailedToDo() {
        known(IDLE);
        IntentKey slow = assign(10_000);
        IntentKey failed = assign(60_000);
        IntentKey silent = assign(10_000);
        says(new EdgeMessage.ToGateway(GATEWAY, new GatewayBound.Text(slow, 1, WORKER, 0, "Once")));
        now = 10_010;
        inHand.told(WORKER, new WorkerBound.Cancel(silent, 1), now);
        inHand.told(WORKER, new WorkerBound.Cancel(slow, 1), now);
        inHand.told(WORKER, new WorkerBound.Cancel(slow, 1), now);
        says(new EdgeMessage.ToGateway(
                GATEWAY, new GatewayBound.Failed(failed, 1, WORKER, GatewayBound.Cause.FAILED, "no")));

        assertThat(reports)
                .containsExactly(
                        new WorkerReport(
                                WORKER,
                                new Load(1, 1, false),
                                List.of(),
                                List.of(new Ended(slow, QueryType.CHAT, Outcome.CANCELLED, 10_010))),
                        new WorkerReport(
                                WORKER,
                                new Load(1, 0, false),
                                List.of(),
                                List.of(new Ended(failed, QueryType.CHAT, Outcome.FAILED, 10_010))));
    }

    /** The gateway of its client has it dispatched again, and dispatchers learn who failed. */
    @Test
    void shouldTakeAnAnswerThatIsTooMuchForOneThatFailed() {
        IntentKey key = assign(60_000);
        String much = "x".repeat(1 << 20);
        List<FromHost> passed = IntStream.range(0, 5)
                .mapToObj(seq -> {
                    inHand.told(WORKER, new WorkerBound.Credit(key, 1, seq - 1), now);
                    return restraint.apply(
                            MARK,
                            Trust.OWN,
                            new EdgeMessage.ToGateway(GATEWAY, new GatewayBound.Text(key, 1, WORKER, seq, much)),
                            inHand,
                            now);
                })
                .toList();

        assertThat(passed.subList(0, 4))
                .allMatch(each -> ((EdgeMessage.ToGateway) each).message() instanceof GatewayBound.Text);
        assertThat(passed.getLast())
                .isEqualTo(new EdgeMessage.ToGateway(
                        GATEWAY,
                        new GatewayBound.Failed(
                                key,
                                1,
                                WORKER,
                                GatewayBound.Cause.FAILED,
                                "its answer has more than 4194304 characters (gateway.hosts.answer.max_chars)")));
        assertThat(reports).singleElement().satisfies(report -> assertThat(report.ended())
                .containsExactly(new Ended(key, QueryType.CHAT, Outcome.FAILED, 0)));
    }

    private FromHost sendsOn(IntentKey key, int attempt, int seq, int chars) {
        var piece = new GatewayBound.Text(key, attempt, WORKER, seq, "x".repeat(chars));
        return restraint.apply(MARK, Trust.OWN, new EdgeMessage.ToGateway(GATEWAY, piece), inHand, now);
    }

    private static boolean isCutOff(FromHost passed) {
        return ((EdgeMessage.ToGateway) passed).message() instanceof GatewayBound.Failed;
    }

    @Test
    void shouldMeasureWhatAHostBringsAlongFromAnotherGatewayToo() {
        IntentKey key = Intents.chat("Hello").key();
        int half = 1 << 19;

        assertThat(IntStream.range(40, 43).mapToObj(seq -> sendsOn(key, 2, seq, half)))
                .noneMatch(RestraintTest::isCutOff);
        inHand.told(WORKER, new WorkerBound.Credit(key, 2, 42), now);
        assertThat(IntStream.range(43, 46).mapToObj(seq -> sendsOn(key, 2, seq, half)))
                .noneMatch(RestraintTest::isCutOff);
        assertThat(isCutOff(sendsOn(key, 2, 46, half)))
                .as("three pieces that nobody has read")
                .isTrue();
        assertThat(reports).as("whose work it was is not known here").isEmpty();
        assertThat(known(IDLE)).isEqualTo(new Load(1, 0, false));
    }

    @Test
    void shouldRememberOfThatWhatWentOnLast() {
        var answers = new BroughtAlong(ConfigLoader.defaults(HostsConfig.Answer.class));
        IntentKey key = Intents.chat("Hello").key();
        AnswerMeter first = answers.meter(key, 1);
        for (int i = 1; i < BroughtAlong.MOST; i++) {
            answers.meter(Intents.chat("Hello").key(), 1);
        }

        assertThat(answers.meter(key, 1)).isSameAs(first);
        assertThat(answers.known(key, 2)).isNull();
        for (int i = 0; i < BroughtAlong.MOST; i++) {
            answers.meter(Intents.chat("Hello").key(), 1);
        }
        assertThat(answers.known(key, 1)).isNull();
    }

    @Test
    void shouldNotTakeALateCancelOfAnEarlierAttemptForOneOfALater() {
        IntentKey key = assign(60_000);

        inHand.told(WORKER, new WorkerBound.Cancel(key, 0), now);

        assertThat(known(IDLE).inFlight()).isEqualTo(1);
    }

    @Test
    void shouldWriteOnceThatAHostWasCaught() {
        audits(1, true);
        List<HostEntry> written = Stream.of(false, false, false, false)
                .flatMap(agreed ->
                        restraint.count(new Audited(GATEWAY, MARK, agreed), GATEWAY, List.of(), NOON).stream())
                .toList();

        assertThat(written).singleElement().satisfies(line -> {
            assertThat(line.verb()).isEqualTo(Verb.CAUGHT);
            assertThat(line.note()).isEqualTo("audits: 3 of 4 answers differed");
        });
    }

    @Test
    void shouldLeaveTheWritingToTheGatewayThatAuditedOrHasTheHost() {
        var elsewhere = new GatewayId("gateway-2");
        audits(2, false);

        assertThat(restraint.count(new Audited(elsewhere, MARK, false), GATEWAY, List.of(), NOON))
                .isEmpty();
    }

    @Test
    void shouldNotRestrainByAuditsThatAreOff() {
        Restraint off = restraint(on ->
                new AuditConfig(false, on.probation(), on.share(), on.slots(), on.most(), on.patience(), on.canary()));
        assign(60_000);

        assertThat(known(off, Trust.VOLUNTEER, IDLE)).isEqualTo(new Load(4, 1, false));
        assertThat(off.count(new Audited(GATEWAY, MARK, false), GATEWAY, List.of(MARK), NOON))
                .isEmpty();
    }
}
