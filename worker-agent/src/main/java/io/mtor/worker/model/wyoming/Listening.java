// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.wyoming;

import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.Media;
import io.mtor.worker.model.http.Answer;
import io.mtor.worker.model.http.Refusal;
import io.mtor.worker.model.speech.Pcm;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Understands what a service answers: a transcript, or a sound in pieces. It says {@code Done} or {@code Broken} last. */
final class Listening {

    private final EventReader reader = new EventReader();

    private final int maxBytes;

    private final ByteArrayOutputStream samples = new ByteArrayOutputStream();

    private Pcm format = new Pcm(0, 0, 0, Event.NOTHING);

    /** @param maxBytes a longer sound is a failure */
    Listening(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    List<Answer> feed(byte[] bytes) {
        List<Answer> answers = new ArrayList<>();
        try {
            reader.feed(bytes).forEach(event -> answers.addAll(hear(event)));
        } catch (IllegalStateException noEvents) {
            answers.add(broken("the model server sent what is no event"));
        }
        return answers;
    }

    private List<Answer> hear(Event event) {
        return switch (event.type()) {
            case "transcript" -> transcript(event.data().path("text").asText().strip());
            case "audio-start" -> begin(event);
            case "audio-chunk" -> more(event.payload());
            case "audio-stop" -> sound();
            case "error" -> {
                String text = Refusal.message(
                        event.data().put("message", event.data().path("text").asText()));
                yield List.of(broken(text.isEmpty() ? "the model server failed" : text));
            }
            default -> List.of(new Answer.Alive());
        };
    }

    private static List<Answer> transcript(String said) {
        var done = new Answer.Done(null, null);
        return said.isEmpty() ? List.of(done) : List.of(new Answer.Text(said), done);
    }

    private List<Answer> begin(Event event) {
        format = new Pcm(
                event.data().path("rate").asInt(),
                event.data().path("width").asInt(),
                event.data().path("channels").asInt(),
                Event.NOTHING);
        return List.of(new Answer.Alive());
    }

    private List<Answer> more(Bytes payload) {
        if (payload.length() > maxBytes - samples.size()) {
            return List.of(broken("the model server sent more than " + maxBytes + " bytes"));
        }
        samples.writeBytes(payload.array());
        return List.of(new Answer.Alive());
    }

    private List<Answer> sound() {
        if (!format.isPlayable() || samples.size() == 0) {
            return List.of(broken("the model server sent no sound"));
        }
        var whole = new Pcm(format.rate(), format.width(), format.channels(), Bytes.of(samples.toByteArray()));
        return List.of(new Answer.Medium(Media.whole("audio/wav", whole.toWav())), new Answer.Done(null, null));
    }

    private static Answer.Broken broken(String message) {
        return new Answer.Broken(Cause.FAILED, message);
    }
}
