// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.Announcement.WorkerAnnouncement;
import io.mtor.common.bus.GatewayBound.Completed;
import io.mtor.common.bus.GatewayBound.MediaPart;
import io.mtor.common.bus.Load;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.Media;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
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
        there(worker, trust, free, QueryType.CHAT);
    }

    private void there(WorkerId worker, Trust trust, int free, QueryType... types) {
        realm.hear(
                new WorkerAnnouncement(
                        worker,
                        "node",
                        1,
                        "name",
                        "1",
                        Stream.of(types)
                                .map(type -> new Offer(type, List.of("m")))
                                .toList(),
                        new Load(1, 1 - free, false),
                        false,
                        trust),
                0);
    }

    private static Intent intent(QueryType type, String text, Privacy privacy) {
        return new Intent(
                new IntentKey(new UserId("ada"), IntentId.random()),
                type,
                text,
                null,
                List.of(),
                List.of(),
                Parameters.NONE,
                Priority.INTERACTIVE,
                privacy,
                false,
                null);
    }

    private void answered(Privacy privacy, WorkerId worker, String text) {
        Intent intent = intent(QueryType.CHAT, "What is it?", privacy);
        audits.answered(intent, new Completed(intent.key(), 1, worker, 0, text, "m", null, 0, 0));
        audits.tick(5_000);
    }

    /** The medium comes in two parts; as long as it is text, it can be told apart. */
    private void answeredByMedium(QueryType type, String wish, String medium) {
        Intent intent = intent(type, wish, Privacy.ANY);
        byte[] bytes = medium.getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < bytes.length; from += bytes.length / 2) {
            int to = Math.min(bytes.length, from + bytes.length / 2);
            Bytes part = Bytes.of(Arrays.copyOfRange(bytes, from, to));
            audits.heard(
                    intent, new MediaPart(intent.key(), 1, VOLUNTEER, 0, "audio/wav", from, part, to == bytes.length));
        }
        audits.answered(intent, new Completed(intent.key(), 1, VOLUNTEER, 1, "", "m", null, 0, 0));
        audits.tick(5_000);
    }

    private static String mediumOf(Intent intent) {
        return new String(intent.media().getFirst().data().array(), StandardCharsets.UTF_8);
    }

    private void reply(int number, WorkerId worker, String text) {
        reply(number, worker, text, null);
    }

    private void reply(int number, WorkerId worker, String text, List<Media> media) {
        Asked one = asked.get(number);
        one.receiver.send(new ServerMessage.Result(
                one.intent.key().guid(), text, worker, "m", media, null, new Timing(null, null, null, null), null));
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

    private static final String SAID = "Bees make honey from the nectar of flowers.";

    private static final String SOUND = "the sound of it";

    @Test
    void shouldHaveWhatAVolunteerSpokeHeard() {
        there(VOLUNTEER, Trust.VOLUNTEER, 1, QueryType.SPEAK);
        there(OWN, Trust.OWN, 1, QueryType.TRANSCRIBE);

        answeredByMedium(QueryType.SPEAK, SAID, SOUND);

        Intent heard = asked.get(0).intent;
        assertThat(heard.queryType()).isEqualTo(QueryType.TRANSCRIBE);
        assertThat(heard.privacy()).isEqualTo(Privacy.TRUSTED);
        assertThat(mediumOf(heard)).isEqualTo(SOUND);
        reply(0, OWN, "bees make honey from nectar of flowers");
        assertThat(found).containsExactly("witness agreed", MARK + " true");
    }

    @Test
    void shouldBlameForASoundOnlyWhereTheWitnessUnderstandsATrustedOne() {
        there(VOLUNTEER, Trust.VOLUNTEER, 1, QueryType.SPEAK);
        there(OWN, Trust.OWN, 1, QueryType.TRANSCRIBE, QueryType.SPEAK);

        answeredByMedium(QueryType.SPEAK, SAID, SOUND);
        reply(0, OWN, "boil an egg for ten minutes in water");
        assertThat(found).isEmpty();
        Asked again = asked.get(1);
        assertThat(again.intent.queryType()).isEqualTo(QueryType.SPEAK);
        assertThat(again.intent.text()).isEqualTo(SAID);
        var sound = Media.whole("audio/wav", Bytes.of("another sound".getBytes(StandardCharsets.UTF_8)));
        reply(1, OWN, "", List.of(sound));
        assertThat(mediumOf(asked.get(2).intent)).isEqualTo("another sound");
        reply(2, OWN, "Bees make honey from the nectar of flowers");

        assertThat(found).containsExactly("witness differed", MARK + " false");
    }

    @Test
    void shouldBlameNobodyForASoundThatTheWitnessDoesNotUnderstandOfAnybody() {
        there(VOLUNTEER, Trust.VOLUNTEER, 1, QueryType.SPEAK);
        there(OWN, Trust.OWN, 1, QueryType.TRANSCRIBE, QueryType.SPEAK);

        answeredByMedium(QueryType.SPEAK, SAID, SOUND);
        reply(0, OWN, "boil an egg for ten minutes in water");
        reply(1, OWN, "no sound at all");

        assertThat(found).containsExactly("witness unclear");
    }

    @Test
    void shouldHaveWhatAVolunteerPaintedSeen() {
        there(VOLUNTEER, Trust.VOLUNTEER, 1, QueryType.IMAGINE);
        there(OWN, Trust.OWN, 1, QueryType.VISION);

        answeredByMedium(QueryType.IMAGINE, "a neon mountain", SOUND);
        assertThat(asked.get(0).intent.text()).endsWith("\n\na neon mountain");
        reply(0, OWN, "Yes, it does.");
        answeredByMedium(QueryType.IMAGINE, "a neon mountain", SOUND);
        reply(1, OWN, "Hard to say.");

        assertThat(found).containsExactly("witness agreed", MARK + " true", "witness unclear");
    }

    @Test
    void shouldLeaveOutWhatNobodyCanTellOf() {
        there(VOLUNTEER, Trust.VOLUNTEER, 1, QueryType.SPEAK);
        for (int i = 0; i < 10; i++) {
            answeredByMedium(QueryType.SPEAK, SAID, SOUND);
        }
        assertThat(asked).isEmpty();

        there(OWN, Trust.OWN, 1, QueryType.TRANSCRIBE);
        answeredByMedium(QueryType.SPEAK, SAID, SOUND);

        assertThat(asked).as("what waited in vain keeps nothing out").hasSize(1);
    }

    /** A volunteer that begins and never ends must not keep others from being audited. */
    @Test
    void shouldForgetWhatNeverEnds() {
        there(VOLUNTEER, Trust.VOLUNTEER, 1, QueryType.SPEAK);
        there(OWN, Trust.OWN, 1, QueryType.TRANSCRIBE);
        for (int i = 0; i < 10; i++) {
            Intent endless = intent(QueryType.SPEAK, SAID, Privacy.ANY);
            var part = new MediaPart(endless.key(), 1, VOLUNTEER, 0, "audio/wav", 0, Bytes.of(new byte[9]), false);
            audits.heard(endless, part);
        }

        answeredByMedium(QueryType.SPEAK, SAID, SOUND);

        assertThat(asked).hasSize(1);
    }
}
