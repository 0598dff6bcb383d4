// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.comfy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mtor.worker.model.comfy.ComfyEvent.Picture;
import io.mtor.worker.model.http.Refusal;
import io.mtor.worker.model.image.Discreet;
import io.mtor.worker.testing.Paintings;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComfyEventsTest {

    private static final String ID = "6c8e0f6e-5f0e-4b7e-9a39-6d1c0b3d9c11";

    private final ComfyEvents events = new ComfyEvents(ID, new Discreet("a fox"));

    private static String frame(String type, String more) {
        return "{\"type\": \"" + type + "\", \"new\": [1], \"data\": {\"prompt_id\": \"" + ID + "\", \"newer\": {}"
                + more + "}}";
    }

    private Optional<ComfyEvent> heard(String type, String more) {
        return events.text(frame(type, more));
    }

    private static byte[] binary(int type, int format, byte[] picture) {
        return ByteBuffer.allocate(8 + picture.length)
                .putInt(type)
                .putInt(format)
                .put(picture)
                .array();
    }

    private List<ComfyEvent> history(String entry) {
        return events.history(Refusal.json("{\"" + ID + "\": " + entry + "}"));
    }

    @Test
    void shouldUnderstandWhatConcernsItsPrompt() {
        assertThat(heard("progress", ", \"value\": 3, \"max\": 20, \"node\": \"3\""))
                .contains(new ComfyEvent.Progress(3, 20));
        assertThat(heard("executing", ", \"node\": \"3\"")).contains(new ComfyEvent.Alive());
        assertThat(heard("executing", ", \"node\": null")).contains(new ComfyEvent.Finished());
        assertThat(heard("execution_success", "")).contains(new ComfyEvent.Finished());
        assertThat(heard("execution_interrupted", "")).contains(new ComfyEvent.Interrupted());
        assertThat(heard("a_type_of_next_year", "")).contains(new ComfyEvent.Alive());
        assertThat(heard(
                        "executed",
                        ", \"output\": {\"images\": [{\"filename\": \"a b.png\", \"subfolder\": \"x/y\", \"type\": \"temp\"},"
                                + " {\"type\": \"temp\"}], \"animated\": [false]}"))
                .contains(new ComfyEvent.Made(List.of(new Picture("a b.png", "x/y", "temp"))));
        assertThat(heard("executed", ", \"output\": null")).contains(new ComfyEvent.Made(List.of()));
    }

    @Test
    void shouldNotDivideByAnUnknownNumberOfSteps() {
        assertThat(heard("progress", ", \"value\": 0, \"max\": 0")).contains(new ComfyEvent.Progress(0, 1));
    }

    @Test
    void shouldHearNothingInWhatIsNotOfItsPrompt() {
        for (String frame : List.of(
                "",
                "no JSON",
                "[]",
                "{\"type\": \"status\", \"data\": {\"status\": {\"exec_info\": {\"queue_remaining\": 1}}, \"sid\": \"x\"}}",
                "{\"type\": \"execution_error\", \"data\": {\"prompt_id\": \"another\"}}",
                "{\"type\": \"execution_error\", \"data\": {\"prompt_id\": 7}}",
                frame("execution_error", "").toUpperCase(Locale.ROOT))) {
            assertThat(events.text(frame)).isEmpty();
        }
    }

    @Test
    void shouldTakePreviewsOnlyWhileItsPromptIsWorkedOn() {
        // Given
        byte[] jpeg = Paintings.jpeg(4);
        assertThat(events.binary(binary(1, 1, jpeg))).isEmpty();

        // When
        heard("execution_start", "");

        // Then
        assertThat(events.binary(binary(1, 1, jpeg))).isPresent();
        assertThat(events.binary(binary(1, 2, Paintings.png(4)))).isPresent();

        // When
        events.text("{\"type\": \"execution_start\", \"data\": {\"prompt_id\": \"another\"}}");

        // Then
        assertThat(events.binary(binary(1, 1, jpeg))).isEmpty();
    }

    @Test
    void shouldTakeNoOtherBinaryFrameForAPreview() {
        heard("execution_start", "");
        byte[] jpeg = Paintings.jpeg(4);
        assertThat(events.binary(binary(3, 1, jpeg))).isEmpty();
        assertThat(events.binary(binary(4, 1, jpeg))).isEmpty();
        assertThat(events.binary(binary(257, 1, jpeg))).isEmpty();
        assertThat(events.binary(binary(1, 1, new byte[] {1, 2, 3, 4}))).isEmpty();
        assertThat(events.binary(new byte[] {0, 0, 0, 1})).isEmpty();
        assertThat(events.binary(new byte[0])).isEmpty();
    }

    @Test
    void shouldReadTheHistory() {
        assertThat(events.history(Refusal.json("{}"))).isEmpty();
        assertThat(
                        history(
                                "{\"outputs\": {\"9\": {\"images\": [{\"filename\": \"a.png\", \"subfolder\": \"\", \"type\": \"output\"}]}},"
                                        + " \"status\": {\"status_str\": \"success\", \"messages\": [[\"execution_start\", {}]]}}"))
                .containsExactly(
                        new ComfyEvent.Made(List.of(new Picture("a.png", "", "output"))), new ComfyEvent.Finished());
        assertThat(history("{\"outputs\": {}, \"status\": {\"messages\": [[\"execution_error\","
                        + " {\"node_type\": \"VAEDecode\", \"exception_type\": \"RuntimeError\"}]]}}"))
                .last()
                .isEqualTo(new ComfyEvent.Failed("the node VAEDecode failed: RuntimeError"));
        assertThat(history("{\"outputs\": {}, \"status\": {\"messages\": [[\"execution_interrupted\", {}]]}}"))
                .last()
                .isEqualTo(new ComfyEvent.Interrupted());
        // Versions of 2023 have no status.
        assertThat(history("{\"prompt\": [], \"outputs\": {}}")).last().isEqualTo(new ComfyEvent.Finished());
    }

    @Test
    void shouldAskForAPictureByWhateverNameItHas() {
        assertThat(new Picture("a b&c.png", "x/ü", "temp").path())
                .isEqualTo("/view?filename=a+b%26c.png&subfolder=x%2F%C3%BC&type=temp");
    }

    @Test
    void shouldKnowItsOwnInTheQueue() {
        // Given: entries as versions of 2024 and 2026 have them.
        JsonNode json = Refusal.json("""
                {"queue_running": [[3, "a", {}, {"client_id": "mtor-1-a"}, ["9"]]],
                 "queue_pending": [[4, "b", {}, {"client_id": "mtor-1-b", "create_time": 1}, ["9"], {}]], "new": 1}
                """);

        // When
        ComfyQueue queue = ComfyQueue.of(json);

        // Then
        assertThat(queue.running()).containsExactly("a");
        assertThat(queue.has("a") && queue.has("b")).isTrue();
        assertThat(queue.has("c")).isFalse();
        assertThat(queue.isTakenBesides("mtor-1")).isFalse();
        assertThat(queue.isTakenBesides("mtor-2")).isTrue();
        assertThat(ComfyQueue.of(Refusal.json("{\"queue_running\": [[3, \"a\", {}, {}, []]]}"))
                        .isTakenBesides("mtor-"))
                .isTrue();
        assertThat(ComfyQueue.of(Refusal.json("no JSON")).isTakenBesides("mtor-"))
                .isFalse();
    }
}
