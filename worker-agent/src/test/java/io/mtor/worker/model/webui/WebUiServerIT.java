// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.webui;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.QueryType;
import io.mtor.worker.model.Assigned;
import io.mtor.worker.model.Run;
import io.mtor.worker.model.http.Endpoint;
import io.mtor.worker.testing.Await;
import io.mtor.worker.testing.Intents;
import io.mtor.worker.testing.Paintings;
import io.mtor.worker.testing.RecordedSink;
import io.mtor.worker.testing.WebUiStub;
import io.mtor.worker.testing.WebUiStub.Flavour;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A stub that answers as AUTOMATIC1111 and SD.Next do, well and badly. */
class WebUiServerIT {

    private static final int MAX_BYTES = 1 << 20;

    private static final byte[] PICTURE = Paintings.png(64);

    private final Vertx vertx = Vertx.vertx();

    private final HttpClient client = vertx.createHttpClient();

    private final RecordedSink sink = new RecordedSink();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private Run ask(WebUiStub stub, Intent intent, @Nullable String key) {
        var endpoint = new Endpoint("127.0.0.1", stub.listen(vertx), false, key);
        return Intents.onContext(vertx, () -> {
            var server = new WebUiServer(vertx, client, endpoint, model -> model + ".safetensors", MAX_BYTES);
            return server.run(new Assigned(intent, "dream", 0, 0), sink);
        });
    }

    private static Intent fox(String parameters) {
        return Intents.with(
                Intents.intent(1, QueryType.IMAGINE, "a fox under birches", "dream", List.of()), parameters);
    }

    private Run ask(WebUiStub stub) {
        return ask(stub, fox("{}"), null);
    }

    private void cancel(Run run) {
        Intents.onContext(vertx, () -> {
            run.cancel();
            return run;
        });
    }

    @ParameterizedTest
    @EnumSource
    void shouldHandOverThePicture(Flavour flavour) {
        // Given
        var stub = new WebUiStub(flavour);
        ask(stub, fox("{\"seed\":42,\"steps\":9,\"width\":640,\"negative_prompt\":\"snow\"}"), null);
        stub.awaitTask();

        // When
        stub.answersWith(PICTURE);

        // Then
        sink.awaitEnd();
        assertThat(sink.isCompleted()).isTrue();
        assertThat(sink.bytes()).isEqualTo(PICTURE);
        JsonObject sent = stub.submitted().getFirst();
        assertThat(sent.getString("prompt")).isEqualTo("a fox under birches");
        assertThat(sent.getString("negative_prompt")).isEqualTo("snow");
        assertThat(sent.getLong("seed")).isEqualTo(42);
        assertThat(sent.getLong("steps")).isEqualTo(9);
        assertThat(sent.getLong("width")).isEqualTo(640);
        assertThat(sent.getLong("height")).isEqualTo(512);
        assertThat(sent.getBoolean("save_images")).isFalse();
        assertThat(sent.getJsonObject("override_settings").getString("sd_model_checkpoint"))
                .isEqualTo("dream.safetensors");
    }

    @Test
    void shouldShowHowFarItsOwnPictureIs() {
        // Given
        var stub = new WebUiStub(Flavour.A1111);
        ask(stub);

        // When
        stub.worksOn(stub.awaitTask(), 0.25, Paintings.jpeg(8));

        // Then
        Await.until("a preview", () -> !sink.previews().isEmpty());
        assertThat(sink.progress()).contains("25/100");
    }

    @Test
    void shouldShowNothingOfThePictureOfAnother() {
        // Given
        var stub = new WebUiStub(Flavour.A1111);
        ask(stub);
        stub.awaitTask();

        // When
        stub.worksOn("task(theirs)", 0.25, Paintings.jpeg(8));
        int before = stub.asked();
        Await.until("two looks", () -> stub.asked() >= before + 2);
        stub.answersWith(PICTURE);

        // Then
        sink.awaitEnd();
        assertThat(sink.progress()).isEmpty();
        assertThat(sink.isCompleted()).isTrue();
    }

    @Test
    void shouldNotStandBehindTheWorkOfOthers() {
        // Given
        var stub = new WebUiStub(Flavour.A1111).worksForOthers();

        // When
        ask(stub);

        // Then
        sink.awaitEnd();
        assertThat(sink.failure()).isEqualTo(Cause.BUSY);
        assertThat(stub.submitted()).isEmpty();
    }

    @Test
    void shouldNotTakeItsOwnWorkForThatOfOthers() {
        // Given: a host that gives it more slots than it has.
        var stub = new WebUiStub(Flavour.A1111);
        var endpoint = new Endpoint("127.0.0.1", stub.listen(vertx), false, null);
        var server =
                Intents.onContext(vertx, () -> new WebUiServer(vertx, client, endpoint, model -> model, MAX_BYTES));
        Intents.onContext(vertx, () -> server.run(new Assigned(fox("{}"), "dream", 0, 0), new RecordedSink()));
        stub.worksOn(stub.awaitTask(), 0.25, Paintings.jpeg(8));

        // When
        Intents.onContext(vertx, () -> server.run(new Assigned(fox("{}"), "dream", 0, 0), sink));

        // Then
        Await.until("the second request", () -> stub.submitted().size() == 2);
        assertThat(sink.isEnded()).isFalse();
    }

    @Test
    void shouldInterruptItsOwnTaskWhenItIsCancelled() {
        // Given
        var stub = new WebUiStub(Flavour.A1111);
        Run run = ask(stub);
        stub.worksOn(stub.awaitTask(), 0.25, Paintings.jpeg(8));

        // When
        cancel(run);

        // Then
        Await.until("the interruption", () -> stub.interrupts() == 1);
        Await.until("the request to be closed", () -> !stub.isOpen());
        assertThat(sink.isEnded()).isFalse();
    }

    @Test
    void shouldWaitForItsTurnToInterruptIt() {
        // Given: ours waits behind the task of another, who came just before.
        var stub = new WebUiStub(Flavour.A1111);
        Run run = ask(stub);
        String ours = stub.awaitTask();
        stub.worksOn("task(theirs)", 0.5, Paintings.jpeg(8));
        stub.keepsWaiting(ours);

        // When
        cancel(run);
        Await.until("some looks", () -> stub.asked() >= 3);
        int whileTheyWork = stub.interrupts();
        stub.worksOn(ours, 0.01, Paintings.jpeg(8));

        // Then
        Await.until("the interruption", () -> stub.interrupts() == 1);
        assertThat(whileTheyWork).isZero();
    }

    @Test
    void shouldNotInterruptAServerThatDoesNotKnowWhoseItsWorkIs() {
        // Given
        var stub = new WebUiStub(Flavour.SD_NEXT);
        Run run = ask(stub);
        stub.awaitTask();

        // When
        cancel(run);

        // Then
        Await.until("the request to be closed", () -> !stub.isOpen());
        Await.until("it to give up", () -> stub.asked() >= 20);
        assertThat(stub.interrupts()).isZero();
    }

    @Test
    void shouldAskForNothingThatIsCancelledAtOnce() {
        // Given
        var stub = new WebUiStub(Flavour.A1111);
        var endpoint = new Endpoint("127.0.0.1", stub.listen(vertx), false, null);

        // When
        Intents.onContext(vertx, () -> {
            var server = new WebUiServer(vertx, client, endpoint, model -> model, MAX_BYTES);
            server.run(new Assigned(fox("{}"), "dream", 0, 0), new RecordedSink())
                    .cancel();
            return server.run(new Assigned(fox("{}"), "dream", 0, 0), sink);
        });
        stub.awaitTask();
        stub.answersWith(PICTURE);

        // Then: the second was asked for, and so the first never will be.
        sink.awaitEnd();
        assertThat(stub.submitted()).hasSize(1);
    }

    @Test
    void shouldNotMindACancelBehindTheEnd() {
        // Given
        var stub = new WebUiStub(Flavour.A1111);
        Run run = ask(stub);
        stub.awaitTask();
        stub.answersWith(PICTURE);
        sink.awaitEnd();
        int before = stub.asked();

        // When
        cancel(run);

        // Then
        sink.awaitEnd();
        assertThat(sink.isCompleted()).isTrue();
        assertThat(stub.asked()).isEqualTo(before);
    }

    @Test
    void shouldTellErrorsApart() {
        record Case(int status, String body, Cause cause, String message) {}
        for (Case each : List.of(
                new Case(
                        500,
                        "{\"error\":\"OutOfMemoryError\",\"detail\":\"\",\"body\":\"\",\"errors\":\"CUDA out of memory\"}",
                        Cause.FAILED,
                        "OutOfMemoryError"),
                new Case(
                        500,
                        "{\"error\":\"RuntimeError\",\"detail\":\"\",\"body\":\"\",\"errors\":\"model 'dream' not found\"}",
                        Cause.NO_MODEL,
                        "the model server has lost this model"),
                new Case(401, "{\"detail\":\"Not authenticated\"}", Cause.NEEDS_KEY, "Not authenticated"),
                new Case(
                        422,
                        "{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"value is not valid\"}]}",
                        Cause.BAD_INPUT,
                        "value is not valid"),
                new Case(
                        200,
                        "{\"images\":[],\"parameters\":{},\"info\":\"\"}",
                        Cause.FAILED,
                        "the model server sent no picture in place of an answer"),
                new Case(
                        200,
                        "{\"images\":[\"aGVsbG8=\"]}",
                        Cause.FAILED,
                        "the model server sent what is no picture in place of an answer"))) {
            // Given
            var fresh = new WebUiServerIT();
            var stub = new WebUiStub(Flavour.A1111);
            fresh.ask(stub);
            stub.awaitTask();

            // When
            stub.answers(each.status, each.body);

            // Then
            fresh.sink.awaitEnd();
            assertThat(fresh.sink.failure()).isEqualTo(each.cause);
            assertThat(fresh.sink.message()).isEqualTo(each.message);
            fresh.close();
        }
    }

    @Test
    void shouldFailWhenTheAnswerIsCutOff() {
        // Given
        var stub = new WebUiStub(Flavour.A1111);
        ask(stub);
        stub.awaitTask();

        // When
        stub.breaksOff();

        // Then
        sink.awaitEnd();
        assertThat(sink.failure()).isEqualTo(Cause.FAILED);
        assertThat(sink.message()).contains("broke off");
    }

    @Test
    void shouldStopWhatGoesOnBehindABrokenConnection() {
        // Given
        var stub = new WebUiStub(Flavour.A1111);
        ask(stub);
        stub.worksOn(stub.awaitTask(), 0.25, Paintings.jpeg(8));

        // When
        stub.breaksOff();

        // Then
        sink.awaitEnd();
        Await.until("the interruption", () -> stub.interrupts() == 1);
    }

    @Test
    void shouldFailWhenTheServerIsKilledInTheMiddle() {
        // Given
        var stub = new WebUiStub(Flavour.A1111);
        ask(stub);
        stub.awaitTask();

        // When
        stub.kill();

        // Then
        sink.awaitEnd();
        assertThat(sink.failure()).isEqualTo(Cause.GONE);
    }

    @Test
    void shouldShowAUserAndAPassword() {
        // Given
        var stub = new WebUiStub(Flavour.A1111).wants("Basic bWU6c2VjcmV0");
        ask(stub, fox("{}"), "me:secret");

        // When
        stub.awaitTask();
        stub.answersWith(PICTURE);

        // Then
        sink.awaitEnd();
        assertThat(sink.isCompleted()).isTrue();
    }

    @Test
    void shouldSayWhatIsWrongWithoutAskingForAPicture() {
        // Given
        var stub = new WebUiStub(Flavour.A1111);

        // When
        ask(stub, fox("{\"width\":100}"), null);

        // Then
        sink.awaitEnd();
        assertThat(sink.failure()).isEqualTo(Cause.BAD_INPUT);
        assertThat(sink.message()).isEqualTo("the parameter width must be a multiple of 8");
        assertThat(stub.submitted()).isEmpty();
    }
}
