// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.Announcement.WorkerAnnouncement;
import io.mtor.common.bus.GatewayBound.Completed;
import io.mtor.common.bus.Load;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.Parameters;
import io.mtor.common.protocol.Priority;
import io.mtor.common.protocol.Privacy;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.Timing;
import io.mtor.common.protocol.Trust;
import io.mtor.common.protocol.UserId;
import io.mtor.common.protocol.WorkerId;
import io.mtor.gateway.realm.RealmView;
import io.mtor.gateway.session.Receiver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AuditsTest {

    private static final String MARK = "uaq4y7uyx26o";
    private static final WorkerId VOLUNTEER = new WorkerId("attic-" + MARK + ".x");
    private static final WorkerId OWN = new WorkerId("own");
    private static final String ANSWER = "alpha bravo charlie delta echoes foxtrot golfing hotels indigo";
    private static final String LIE = "lorem ipsum dolor consectetur adipiscing elitist tempor incididunt";

    private record Asked(Intent intent, Receiver receiver) {}

    private final List<Asked> asked = new ArrayList<>();
    private final List<String> found = new ArrayList<>();
    private final RealmView realm = new RealmView();
    private final Reputations reputations = new Reputations();
    private final Audits audits = new Audits(
            new AuditConfig(true, 100, 10, 1, 4, Duration.ofMinutes(1), Duration.ofSeconds(1)),
            realm,
            reputations,
            new Audits.Way() {
                @Override
                public void open(Intent intent, long ttlMillis, Receiver receiver) {
                    asked.add(new Asked(intent, receiver));
                }

                @Override
                public void found(String mark, boolean agreed) {
                    found.add(mark + " " + agreed);
                }

                @Override
                public void audited(String kind, String outcome) {
                    found.add(kind + " " + outcome);
                }
            },
            new Random(1));

    private void there(WorkerId worker, Trust trust, int free) {
        realm.hear(
                new WorkerAnnouncement(
                        worker,
                        "node",
                        1,
                        "name",
                        "1",
                        List.of(new Offer(QueryType.CHAT, List.of("m"))),
                        new Load(1, 1 - free, false),
                        false,
                        trust),
                0);
    }

    private void answered(Privacy privacy, WorkerId worker, String text) {
        var key = new IntentKey(new UserId("ada"), IntentId.random());
        var intent = new Intent(
                key,
                QueryType.CHAT,
                "What is it?",
                null,
                List.of(),
                List.of(),
                Parameters.NONE,
                Priority.INTERACTIVE,
                privacy,
                false,
                null);
        audits.answered(intent, new Completed(key, 1, worker, 0, text, "m", null, 0, 0));
        audits.tick(5_000);
    }

    private void reply(int number, WorkerId worker, String text) {
        Asked one = asked.get(number);
        one.receiver.send(new ServerMessage.Result(
                one.intent.key().guid(), text, worker, "m", null, null, new Timing(null, null, null, null), null));
    }

    @Test
    void shouldRunASampleOnceMoreWhereOnlyTheTrustedSeeIt() {
        there(VOLUNTEER, Trust.VOLUNTEER, 1);
        there(OWN, Trust.OWN, 1);

        answered(Privacy.ANY, VOLUNTEER, ANSWER);

        Intent again = asked.get(0).intent;
        assertThat(again.privacy()).isEqualTo(Privacy.TRUSTED);
        assertThat(again.priority()).isEqualTo(Priority.BATCH);
        assertThat(again.model()).isEqualTo("m");
        assertThat(again.key().user()).isEqualTo(Audits.AUDITOR);
        reply(0, OWN, ANSWER);
        assertThat(found).containsExactly("duplicate agreed", MARK + " true");
    }

    @Test
    void shouldAskForASecondOpinionBeforeItBlames() {
        there(VOLUNTEER, Trust.VOLUNTEER, 1);
        there(OWN, Trust.OWN, 1);

        answered(Privacy.ANY, VOLUNTEER, LIE);
        reply(0, OWN, ANSWER);
        assertThat(found).isEmpty();
        reply(1, OWN, ANSWER);

        assertThat(found).containsExactly("duplicate differed", MARK + " false");
    }

    @Test
    void shouldBlameNobodyWhereTheTrustedDisagree() {
        there(VOLUNTEER, Trust.VOLUNTEER, 1);
        there(OWN, Trust.OWN, 1);

        answered(Privacy.ANY, VOLUNTEER, LIE);
        reply(0, OWN, ANSWER);
        reply(1, OWN, "something wholly unlike either version written before today, perhaps poetry");

        assertThat(found).containsExactly("duplicate unclear");
    }

    @Test
    void shouldAuditVolunteersOnly() {
        there(VOLUNTEER, Trust.VOLUNTEER, 1);
        there(OWN, Trust.OWN, 1);

        answered(Privacy.ANY, OWN, ANSWER);
        answered(Privacy.TRUSTED, VOLUNTEER, ANSWER);

        assertThat(asked).isEmpty();
    }

    @Test
    void shouldWaitForAFreeSlotAndHaveFewAtOnce() {
        there(VOLUNTEER, Trust.VOLUNTEER, 1);
        there(OWN, Trust.OWN, 0);
        for (int i = 0; i < 10; i++) {
            answered(Privacy.ANY, VOLUNTEER, ANSWER);
        }
        assertThat(asked).isEmpty();

        there(OWN, Trust.OWN, 1);
        audits.tick(6_000);

        assertThat(asked).hasSize(4);
    }

    @Test
    void shouldAskWhatItKnowsWhereNobodyIsTrusted() {
        there(VOLUNTEER, Trust.VOLUNTEER, 1);

        answered(Privacy.ANY, VOLUNTEER, ANSWER);

        assertThat(asked.get(0).intent.privacy()).isEqualTo(Privacy.ANY);
        assertThat(asked.get(0).intent.key().user()).isNotEqualTo(Audits.AUDITOR);
        reply(0, VOLUNTEER, "no idea");
        assertThat(found).containsExactly("canary differed", MARK + " false");
    }

    @Test
    void shouldAskAVolunteerThatIsAlwaysBusyAsOftenAsAnyOther() {
        there(VOLUNTEER, Trust.VOLUNTEER, 0);
        for (int i = 0; i < 10; i++) {
            answered(Privacy.ANY, VOLUNTEER, ANSWER);
        }
        assertThat(asked).hasSize(1);

        audits.tick(6_000);

        assertThat(asked).hasSize(2);
    }

    @Test
    void shouldBlameNobodyForAnAuditThatFailed() {
        there(VOLUNTEER, Trust.VOLUNTEER, 1);
        there(OWN, Trust.OWN, 1);
        answered(Privacy.ANY, VOLUNTEER, ANSWER);
        Asked one = asked.get(0);

        one.receiver.send(
                new ServerMessage.Failure(one.intent.key().guid(), ErrorCode.UNAVAILABLE, "gone", true, null));

        assertThat(found).containsExactly("duplicate failed");
    }
}
