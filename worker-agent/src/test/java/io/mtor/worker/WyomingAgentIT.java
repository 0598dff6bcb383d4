// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mtor.common.bus.Addresses;
import io.mtor.common.bus.Announcement.WorkerAnnouncement;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.bus.WorkerBound;
import io.mtor.common.cluster.Membership;
import io.mtor.common.config.Aliases;
import io.mtor.common.config.ConfigLoader;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.QueryType;
import io.mtor.worker.model.speech.Pcm;
import io.mtor.worker.model.wyoming.Event;
import io.mtor.worker.model.wyoming.EventReader;
import io.mtor.worker.testing.Await;
import io.mtor.worker.testing.Intents;
import io.mtor.worker.testing.RealmEnds;
import io.mtor.worker.testing.Sounds;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A whole worker-agent finds services of the Wyoming protocol and has them do intents. */
class WyomingAgentIT {

    /** wyoming-piper 1.6 and wyoming-faster-whisper 2.4, in one. */
    private static final String INFO = """
            {"asr":[{"name":"faster-whisper","installed":true,"models":[
               {"name":"tiny-int8","languages":["en"],"installed":true},{"name":"large","languages":["en"],"installed":false}]}],
             "tts":[{"name":"piper","installed":true,"voices":[
               {"name":"en_US-lessac-medium","languages":["en_US"],"installed":true,"speakers":null},
               {"name":"de_DE-thorsten-medium","languages":["de_DE"],"installed":false}]}],
             "wake":[],"handle":[],"intent":[],"mic":[],"snd":[]}""";

    private final Vertx vertx = Vertx.vertx();

    private final RealmEnds realm = new RealmEnds(vertx);

    private final List<Event> heard = new CopyOnWriteArrayList<>();

    private final AtomicBoolean closed = new AtomicBoolean();

    private final AtomicInteger described = new AtomicInteger();

    private final AtomicInteger complaints = new AtomicInteger();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private static void say(NetSocket socket, String head, byte[] more) {
        socket.write(head + "\n");
        socket.write(Buffer.buffer(more));
    }

    private static void say(NetSocket socket, String head) {
        say(socket, head, new byte[0]);
    }

    /** The worker that an agent makes of a service that does this with what it hears but {@code describe}. */
    private WorkerAnnouncement joined(BiConsumer<NetSocket, Event> service) {
        int port = vertx.createNetServer()
                .connectHandler(socket -> {
                    var reader = new EventReader();
                    socket.handler(bytes -> {
                        if (bytes.toString().startsWith("GET ")) {
                            // It is no HTTP server, and cannot read this.
                            complaints.incrementAndGet();
                            socket.close();
                            return;
                        }
                        reader.feed(bytes.getBytes()).forEach(event -> hear(socket, event, service));
                    });
                })
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();
        WorkerAgentConfig config = ConfigLoader.load(
                        WorkerAgentConfig.class,
                        Aliases.none(),
                        List.of(
                                "--worker.demo=false",
                                "--worker.programs=false",
                                "--worker.drain=0s",
                                "--discovery.patience=5s",
                                "--discovery.every=100ms",
                                "--discovery.ports=" + port),
                        Map.of())
                .config();
        vertx.deployVerticle(new WorkerAgentVerticle(config, Membership.local(), new Random(1)))
                .await();
        return realm.awaitAnnounced(WorkerAnnouncement.class, each -> true);
    }

    private void hear(NetSocket socket, Event event, BiConsumer<NetSocket, Event> service) {
        if (event.type().equals("describe")) {
            described.incrementAndGet();
            byte[] data = INFO.getBytes(StandardCharsets.UTF_8);
            say(socket, "{\"type\":\"info\",\"version\":\"1.7.1\",\"data_length\":" + data.length + "}", data);
        } else {
            heard.add(event);
            socket.closeHandler(gone -> closed.set(true));
            service.accept(socket, event);
        }
    }

    private void assign(WorkerAnnouncement worker, Intent intent) {
        realm.bus().send(Addresses.worker(worker.worker()), Intents.assign(intent));
    }

    @Test
    void shouldOfferWhatIsInstalled() {
        WorkerAnnouncement worker = joined((socket, event) -> {});
        assertThat(worker.worker().value()).matches(".*\\.wyoming-[a-z2-7]{6}");
        assertThat(worker.serves())
                .containsExactly(
                        new Offer(QueryType.TRANSCRIBE, List.of("tiny-int8")),
                        new Offer(QueryType.SPEAK, List.of("en_US-lessac-medium")));
    }

    @Test
    void shouldAskAServiceThatIsKnownInItsOwnWayOnly() {
        joined((socket, event) -> {});
        Await.until("a few looks", () -> described.get() > 3);
        assertThat(complaints.get()).isEqualTo(1);
    }

    @Test
    void shouldSpeakASoundThatComesInPieces() {
        // Given
        byte[] wav = Sounds.silence(2_000);
        Pcm sound = Pcm.of(wav).orElseThrow();
        WorkerAnnouncement worker = joined((socket, event) -> {
            ObjectNode format = event.data().objectNode();
            format.put("rate", sound.rate()).put("width", sound.width()).put("channels", sound.channels());
            say(socket, "{\"type\":\"audio-start\",\"data\":" + format + "}");
            byte[] all = sound.samples().array();
            for (int from = 0; from < all.length; from += 1000) {
                byte[] piece = Arrays.copyOfRange(all, from, Math.min(all.length, from + 1000));
                say(
                        socket,
                        "{\"type\":\"audio-chunk\",\"data\":" + format + ",\"payload_length\":" + piece.length + "}",
                        piece);
            }
            say(socket, "{\"type\":\"audio-stop\"}");
        });

        // When
        assign(worker, Intents.speak(1, "Hello\nthere"));

        // Then
        var part = realm.awaitGateway(GatewayBound.MediaPart.class);
        assertThat(part.mediaType()).isEqualTo("audio/wav");
        assertThat(part.data().array()).isEqualTo(wav);
        assertThat(realm.awaitGateway(GatewayBound.Completed.class).model()).isEqualTo("en_US-lessac-medium");
        assertThat(heard.getFirst().type()).isEqualTo("synthesize");
        assertThat(heard.getFirst().data().toString())
                .isEqualTo("{\"text\":\"Hello there\",\"voice\":{\"name\":\"en_US-lessac-medium\"}}");
    }

    @Test
    void shouldTranscribeARecording() {
        // Given
        byte[] wav = Sounds.silence(30_000);
        WorkerAnnouncement worker = joined((socket, event) -> {
            if (event.type().equals("audio-stop")) {
                say(socket, "{\"type\":\"transcript-start\"}");
                say(socket, "{\"type\":\"transcript\",\"data\":{\"text\":\" Every intent.\"}}");
            }
        });

        // When
        assign(worker, Intents.with(Intents.transcribe(1, wav), "{\"language\":\"en\"}"));

        // Then
        assertThat(realm.awaitGateway(GatewayBound.Completed.class).text()).isEqualTo("Every intent.");
        assertThat(heard)
                .extracting(Event::type)
                .startsWith("transcribe", "audio-start")
                .endsWith("audio-stop");
        assertThat(heard.getFirst().data().toString()).isEqualTo("{\"name\":\"tiny-int8\",\"language\":\"en\"}");
        Buffer samples = Buffer.buffer();
        heard.forEach(event -> samples.appendBytes(event.payload().array()));
        assertThat(samples.getBytes())
                .isEqualTo(Pcm.of(wav).orElseThrow().samples().array());
    }

    @Test
    void shouldRefuseARecordingThatItCannotTakeApart() {
        // Given
        WorkerAnnouncement worker = joined((socket, event) -> {});

        // When
        Media compressed = Media.whole("audio/ogg", Bytes.of("OggS".getBytes(StandardCharsets.UTF_8)));
        assign(worker, Intents.intent(1, QueryType.TRANSCRIBE, "", null, List.of(compressed)));

        // Then
        var failed = realm.awaitGateway(GatewayBound.Failed.class);
        assertThat(failed.cause()).isEqualTo(Cause.BAD_INPUT);
        assertThat(failed.message()).contains("audio/wav");
        assertThat(heard).isEmpty();
    }

    @Test
    void shouldSayWhyItFailed() {
        WorkerAnnouncement worker = joined((socket, event) ->
                say(socket, "{\"type\":\"error\",\"data\":{\"text\":\"no such voice\",\"code\":\"TtsError\"}}"));
        assign(worker, Intents.speak(1, "Hello"));
        var failed = realm.awaitGateway(GatewayBound.Failed.class);
        assertThat(failed.cause()).isEqualTo(Cause.FAILED);
        assertThat(failed.message()).isEqualTo("no such voice");
        Await.until("the connection to close", closed::get);
    }

    @Test
    void shouldFailWhenItBreaksOffOrSendsNoSound() {
        WorkerAnnouncement worker = joined((socket, event) -> {
            say(socket, "{\"type\":\"audio-start\",\"data\":{\"rate\":22050,\"width\":2,\"channels\":1}}");
            if (event.data().toString().contains("nothing")) {
                say(socket, "{\"type\":\"audio-stop\"}");
            } else {
                socket.close();
            }
        });
        for (String text : List.of("Hello", "nothing")) {
            Intent intent = Intents.speak(text.length(), text);
            assign(worker, intent);
            assertThat(realm.awaitGateway(GatewayBound.Failed.class, each -> each.key()
                                    .equals(intent.key()))
                            .cause())
                    .isEqualTo(Cause.FAILED);
        }
    }

    @Test
    void shouldCloseTheConnectionWhenItIsCancelled() {
        // Given: one that works and says nothing.
        WorkerAnnouncement worker = joined((socket, event) -> {});
        assign(worker, Intents.speak(1, "Hello"));
        Await.until("the question", () -> !heard.isEmpty());

        // When
        realm.bus().send(Addresses.worker(worker.worker()), new WorkerBound.Cancel(Intents.key(1), 1));

        // Then
        Await.until("the connection to close", closed::get);
        assertThat(realm.awaitGateway(GatewayBound.Failed.class).cause()).isEqualTo(Cause.CANCELLED);
    }
}
