// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.comfy;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.protocol.Media;
import io.mtor.worker.testing.Await;
import io.mtor.worker.testing.ComfyStub;
import io.mtor.worker.testing.ComfyStub.Version;
import io.mtor.worker.testing.Intents;
import io.mtor.worker.testing.Paintings;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A stub that answers as ComfyUI does over the years, well and badly. */
class ComfyServerIT {

    private final List<ComfyRig> rigs = new ArrayList<>();

    private ComfyRig rig(ComfyStub stub) {
        var rig = new ComfyRig(stub);
        rigs.add(rig);
        return rig;
    }

    @AfterEach
    void close() {
        rigs.forEach(ComfyRig::close);
    }

    @ParameterizedTest
    @EnumSource
    void shouldHandOverPreviewsAndThePicture(Version version) {
        // Given
        ComfyRig rig = rig(new ComfyStub(version));
        ComfyStub stub = rig.stub;

        // When
        rig.ask();
        rig.paint();

        // Then
        rig.sink.awaitEnd();
        assertThat(rig.sink.isCompleted()).isTrue();
        assertThat(rig.sink.bytes()).isEqualTo(ComfyRig.PICTURE);
        assertThat(rig.sink.previews()).extracting(Media::mediaType).containsExactly("image/jpeg");
        assertThat(rig.sink.progress()).contains("1/20", "20/20");
    }

    @Test
    void shouldSendTheWorkflowAndLeaveNoWordsBehind() {
        // Given
        ComfyRig rig = rig(new ComfyStub(Version.NEW));
        ComfyStub stub = rig.stub;

        // When
        rig.ask(Intents.with(ComfyRig.fox(), "{\"seed\":42,\"steps\":9}"));
        String id = stub.awaitPrompt();
        rig.paint();
        rig.sink.awaitEnd();

        // Then
        JsonObject sent = stub.submitted().getFirst();
        JsonObject graph = sent.getJsonObject("prompt");
        assertThat(sent.getString("prompt_id")).isEqualTo(id).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(sent.getJsonObject("extra_data").getString("preview_method")).isEqualTo("auto");
        assertThat(graph.getJsonObject("wanted").getJsonObject("inputs").getString("text"))
                .isEqualTo("a fox under birches");
        assertThat(graph.getJsonObject("checkpoint").getJsonObject("inputs").getString("ckpt_name"))
                .isEqualTo("sd_xl.safetensors");
        assertThat(graph.getJsonObject("sampler").getJsonObject("inputs").getLong("seed"))
                .isEqualTo(42);
        Await.until("the history to be cleared", () -> stub.forgotten().contains(id));
    }

    @Test
    void shouldHearWhatIsSaidBeforeItsPromptHasAName() {
        // Given
        ComfyRig rig = rig(new ComfyStub(Version.OLD).tellsEarly());
        ComfyStub stub = rig.stub;

        // When
        rig.ask();

        // Then
        Await.until("the early progress", () -> rig.sink.progress().contains("1/20"));
    }

    @Test
    void shouldTakeNothingOfAnotherPromptForItsOwn() {
        // Given
        ComfyRig rig = rig(new ComfyStub(Version.NEW));
        ComfyStub stub = rig.stub;
        rig.ask();
        stub.awaitPrompt();
        rig.begin();

        // When
        stub.tellForeign("execution_start", "");
        stub.preview(Paintings.jpeg(8));
        stub.tellForeign("progress", "\"value\": 3, \"max\": 7");
        stub.tellForeign("executed", "\"output\": {\"images\": [{\"filename\": \"theirs.png\"}]}");
        stub.tellForeign("execution_error", "\"node_type\": \"KSampler\"");
        stub.tellForeign("execution_interrupted", "");
        stub.tellForeign("executing", "\"node\": null");
        stub.paints("ours.png", "temp", ComfyRig.PICTURE);
        stub.finish();

        // Then
        rig.sink.awaitEnd();
        assertThat(rig.sink.isCompleted()).isTrue();
        assertThat(rig.sink.media()).hasSize(1);
        assertThat(rig.sink.previews()).isEmpty();
        assertThat(rig.sink.progress()).doesNotContain("3/7");
    }

    @Test
    void shouldHandOverOnlyWhatTheWorkflowSaves() {
        // Given
        ComfyRig rig = rig(new ComfyStub(Version.NEW));
        ComfyStub stub = rig.stub;
        rig.ask();
        stub.awaitPrompt();

        // When
        stub.paints("sketch.png", "temp", Paintings.png(16));
        stub.paints("final.png", "output", ComfyRig.PICTURE);
        stub.finish();

        // Then
        rig.sink.awaitEnd();
        assertThat(rig.sink.media()).hasSize(1);
        assertThat(rig.sink.bytes()).isEqualTo(ComfyRig.PICTURE);
    }

    @Test
    void shouldFindInTheHistoryWhatWasPaintedBefore() {
        // Given: the same was asked before, and nothing has to be done for it.
        ComfyRig rig = rig(new ComfyStub(Version.OLD));
        ComfyStub stub = rig.stub;
        rig.ask();
        stub.awaitPrompt();

        // When
        stub.tell("execution_cached", "\"nodes\": [\"sampler\", \"picture\"]");
        stub.finishFromHistory("cached.png", ComfyRig.PICTURE);

        // Then
        rig.sink.awaitEnd();
        assertThat(rig.sink.isCompleted()).isTrue();
        assertThat(rig.sink.bytes()).isEqualTo(ComfyRig.PICTURE);
    }

    @Test
    void shouldGoOnByTheHistoryWhenTheWebSocketIsLost() {
        // Given
        ComfyRig rig = rig(new ComfyStub(Version.MIDDLE));
        ComfyStub stub = rig.stub;
        rig.ask();
        rig.begin();

        // When
        stub.dropSockets();
        stub.recordOnly("late.png", ComfyRig.PICTURE);

        // Then
        rig.sink.awaitEnd();
        assertThat(rig.sink.isCompleted()).isTrue();
        assertThat(rig.sink.bytes()).isEqualTo(ComfyRig.PICTURE);
    }

    @Test
    void shouldFailWhenThePromptIsLost() {
        // Given
        ComfyRig rig = rig(new ComfyStub(Version.NEW));
        ComfyStub stub = rig.stub;
        rig.ask();
        stub.awaitPrompt();

        // When: it was killed and is there again.
        stub.lose();
        stub.dropSockets();

        // Then
        rig.sink.awaitEnd();
        assertThat(rig.sink.failure()).isEqualTo(Cause.GONE);
        assertThat(rig.sink.message()).isEqualTo("ComfyUI has lost the prompt");
    }

    @Test
    void shouldFailWhenTheServerIsKilledInTheMiddle() {
        // Given
        ComfyRig rig = rig(new ComfyStub(Version.NEW));
        ComfyStub stub = rig.stub;
        rig.ask();
        rig.begin();

        // When
        stub.kill();

        // Then
        rig.sink.awaitEnd();
        assertThat(rig.sink.failure()).isEqualTo(Cause.GONE);
        assertThat(rig.sink.message()).isEqualTo("the model server cannot be reached any more");
    }

    @Test
    void shouldFailWhenNobodyListens() {
        // Given
        ComfyRig rig = rig(new ComfyStub(Version.NEW));
        ComfyStub stub = rig.stub;
        stub.kill();

        // When
        rig.ask();

        // Then
        rig.sink.awaitEnd();
        assertThat(rig.sink.failure()).isEqualTo(Cause.GONE);
    }

    @Test
    void shouldFailWhenThePictureIsCutOff() {
        // Given
        ComfyRig rig = rig(new ComfyStub(Version.NEW).cutsPictures());
        ComfyStub stub = rig.stub;

        // When
        rig.ask();
        rig.paint();

        // Then
        rig.sink.awaitEnd();
        assertThat(rig.sink.failure()).isEqualTo(Cause.FAILED);
        assertThat(rig.sink.message()).isEqualTo("ComfyUI does not hand over the picture");
    }

    @Test
    void shouldNameTheNodeThatFailsAndNeverTheWordsOfTheUser() {
        record Case(String message, String said) {}
        for (Case each : List.of(
                new Case(
                        "Allocation on device \\nThis error means you ran out of memory",
                        "the node KSampler failed: torch.OutOfMemoryError: Allocation on device"),
                new Case(
                        "cannot tokenize 'a fox under birches'", "the node KSampler failed: torch.OutOfMemoryError"))) {
            // Given
            ComfyRig rig = rig(new ComfyStub(Version.NEW));
            ComfyStub stub = rig.stub;
            rig.ask();
            stub.awaitPrompt();

            // When
            stub.tell(
                    "execution_error",
                    "\"node_id\": \"sampler\", \"node_type\": \"KSampler\", \"executed\": [], \"exception_message\": \""
                            + each.message
                            + "\", \"exception_type\": \"torch.OutOfMemoryError\", \"traceback\": [\"a fox\"],"
                            + " \"current_inputs\": {\"text\": [\"a fox under birches\"]}, \"current_outputs\": []");

            // Then
            rig.sink.awaitEnd();
            assertThat(rig.sink.failure()).isEqualTo(Cause.FAILED);
            assertThat(rig.sink.message()).isEqualTo(each.said);
        }
    }

    @Test
    void shouldTellALostModelFromAWorkflowThatCannotWork() {
        record Case(String type, Cause cause) {}
        for (Case each :
                List.of(new Case("value_not_in_list", Cause.NO_MODEL), new Case("bad_linked_input", Cause.FAILED))) {
            // Given
            ComfyRig rig = rig(new ComfyStub(Version.NEW).refuses("""
                    {"error": {"type": "prompt_outputs_failed_validation", "message": "Prompt outputs failed validation",
                               "details": "", "extra_info": {}},
                     "node_errors": {"checkpoint": {"errors": [{"type": "%s", "message": "Value not in list",
                       "details": "ckpt_name: 'a fox under birches' not in ['other.safetensors']",
                       "extra_info": {"input_name": "ckpt_name", "received_value": "a fox under birches"}}],
                       "dependent_outputs": ["picture"], "class_type": "CheckpointLoaderSimple"}}}
                    """.formatted(each.type)));
            ComfyStub stub = rig.stub;

            // When
            rig.ask();

            // Then
            rig.sink.awaitEnd();
            assertThat(rig.sink.failure()).isEqualTo(each.cause);
            assertThat(rig.sink.message())
                    .isEqualTo(
                            "ComfyUI refuses the workflow: prompt_outputs_failed_validation; CheckpointLoaderSimple: "
                                    + each.type + " ckpt_name");
        }
    }

    @Test
    void shouldNotStandBehindTheWorkOfOthers() {
        // Given
        ComfyRig rig = rig(new ComfyStub(Version.NEW));
        ComfyStub stub = rig.stub;
        stub.runsForeign();

        // When
        rig.ask();

        // Then
        rig.sink.awaitEnd();
        assertThat(rig.sink.failure()).isEqualTo(Cause.BUSY);
        assertThat(stub.submitted()).isEmpty();
    }

    @Test
    void shouldGiveItBackWhenSomebodyAtTheHostStopsIt() {
        // Given
        ComfyRig rig = rig(new ComfyStub(Version.NEW));
        ComfyStub stub = rig.stub;
        rig.ask();
        stub.awaitPrompt();

        // When
        stub.tell("execution_interrupted", "\"node_id\": \"sampler\", \"node_type\": \"KSampler\", \"executed\": []");

        // Then
        rig.sink.awaitEnd();
        assertThat(rig.sink.failure()).isEqualTo(Cause.HANDED_BACK);
    }

    @Test
    void shouldSayWhatIsWrongWithoutAskingTheServer() {
        // Given
        ComfyRig rig = rig(new ComfyStub(Version.NEW));
        ComfyStub stub = rig.stub;

        // When
        rig.ask(Intents.with(ComfyRig.fox(), "{\"steps\":1000}"));

        // Then
        rig.sink.awaitEnd();
        assertThat(rig.sink.failure()).isEqualTo(Cause.BAD_INPUT);
        assertThat(rig.sink.message()).isEqualTo("the parameter steps must be a whole number from 1 to 100");
        assertThat(stub.submitted()).isEmpty();
    }
}
