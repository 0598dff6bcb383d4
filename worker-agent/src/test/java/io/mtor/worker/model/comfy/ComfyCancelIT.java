// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.comfy;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.worker.model.Run;
import io.mtor.worker.testing.Await;
import io.mtor.worker.testing.ComfyStub;
import io.mtor.worker.testing.ComfyStub.Version;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is cancelled stops at the server, and nothing else does. */
class ComfyCancelIT {

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
    void shouldStopItsPromptWhenItIsCancelled(Version version) {
        // Given
        ComfyRig rig = rig(new ComfyStub(version));
        ComfyStub stub = rig.stub;
        Run run = rig.ask();
        String id = stub.awaitPrompt();
        rig.begin();

        // When
        rig.cancel(run);

        // Then
        Await.until("it to be stopped", () -> stub.stopped().contains(id));
        assertThat(rig.sink.isEnded()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void shouldStopItsPromptWhereverItIsWhenItIsCancelledBeforeTheFirstSign(Version version) {
        // Given
        ComfyRig rig = rig(new ComfyStub(version));
        ComfyStub stub = rig.stub;
        Run run = rig.ask();
        String id = stub.awaitPrompt();

        // When: the answer that names it may still be on its way.
        rig.cancel(run);

        // Then
        Await.until("it to be stopped", () -> stub.stopped().contains(id));
        assertThat(rig.sink.isEnded()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void shouldNeverStopTheWorkOfOthers(Version version) {
        // Given: ours waits behind theirs, which came in just before.
        ComfyRig rig = rig(new ComfyStub(version));
        ComfyStub stub = rig.stub;
        stub.foreignComesFirst();
        Run run = rig.ask();
        String ours = stub.awaitPrompt();

        // When
        rig.cancel(run);

        // Then
        Await.until("it to be stopped", () -> stub.stopped().contains(ours));
        rig.roundTrips();
        assertThat(stub.stopped()).containsExactly(ours);
    }

    @Test
    void shouldSubmitNothingThatIsCancelledAtOnce() {
        // Given
        ComfyRig rig = rig(new ComfyStub(Version.NEW));
        ComfyStub stub = rig.stub;

        // When
        rig.cancelOneAndAskForAnother();
        rig.paint();

        // Then: the second was submitted, and so the first never will be.
        rig.sink.awaitEnd();
        assertThat(stub.submitted()).hasSize(1);
    }

    @Test
    void shouldNotMindACancelBehindTheEnd() {
        // Given
        ComfyRig rig = rig(new ComfyStub(Version.NEW));
        ComfyStub stub = rig.stub;
        Run run = rig.ask();
        rig.paint();
        rig.sink.awaitEnd();

        // When
        rig.cancel(run);

        // Then
        rig.sink.awaitEnd();
        assertThat(rig.sink.isCompleted()).isTrue();
        assertThat(stub.stopped()).isEmpty();
    }

    @Test
    void shouldShowNoPreviewsWhileNobodyTakesThem() {
        // Given
        ComfyRig rig = rig(new ComfyStub(Version.NEW));
        ComfyStub stub = rig.stub;
        Run run = rig.ask();
        rig.pause(run);

        // When
        rig.paint();

        // Then
        rig.sink.awaitEnd();
        assertThat(rig.sink.previews()).isEmpty();
        assertThat(rig.sink.bytes()).isEqualTo(ComfyRig.PICTURE);
    }
}
