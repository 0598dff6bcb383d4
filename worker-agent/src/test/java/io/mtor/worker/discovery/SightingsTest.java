// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.worker.discovery.Sightings.News;
import io.mtor.worker.model.Serving;
import java.util.List;
import org.junit.jupiter.api.Test;

class SightingsTest {

    private static final Sight NOBODY = new Sight.Nobody();

    private final Sightings sightings = new Sightings(3);

    private static Sight.Server server(Kind kind, int slots) {
        return new Sight.Server(kind, "1", "proof", new Serving(List.of(), slots, false), Names.SAME);
    }

    @Test
    void shouldWithdrawAfterThreeMissesAndRestoreAfterOneSuccess() {
        // Given
        Sight.Server ollama = server(Kind.OLLAMA, 1);
        assertThat(sightings.saw("a", ollama)).contains(new News.Came(ollama));

        // When
        assertThat(sightings.saw("a", NOBODY)).isEmpty();
        assertThat(sightings.saw("a", NOBODY)).isEmpty();
        assertThat(sightings.saw("a", ollama)).isEmpty();
        assertThat(sightings.saw("a", NOBODY)).isEmpty();
        assertThat(sightings.saw("a", NOBODY)).isEmpty();

        // Then
        assertThat(sightings.saw("a", NOBODY)).contains(new News.Went());
        assertThat(sightings.isHungry()).isTrue();
        assertThat(sightings.saw("a", ollama)).contains(new News.Came(ollama));
    }

    @Test
    void shouldTellWhatChanged() {
        sightings.saw("a", server(Kind.OLLAMA, 1));
        assertThat(sightings.saw("a", server(Kind.OLLAMA, 2))).contains(new News.Changed(server(Kind.OLLAMA, 2)));
    }

    @Test
    void shouldNotMakeOneServerOfTwoThatFollowEachOtherOnAPort() {
        sightings.saw("a", server(Kind.OLLAMA, 1));
        assertThat(sightings.saw("a", server(Kind.VLLM, 8))).contains(new News.Went());
        assertThat(sightings.saw("a", server(Kind.VLLM, 8))).contains(new News.Came(server(Kind.VLLM, 8)));
    }

    @Test
    void shouldSayOnlyOnceThatSomebodyOffersNothing() {
        var locked = new Sight.Useless("x", "proof", "needs a key");
        assertThat(sightings.saw("a", locked)).contains(new News.Idle(locked));
        assertThat(sightings.saw("a", locked)).isEmpty();
    }

    @Test
    void shouldStayHungryWhileAServerWorksForOthers() {
        sightings.saw("a", server(Kind.COMFYUI, 0));
        assertThat(sightings.isHungry()).isTrue();
        sightings.saw("a", server(Kind.COMFYUI, 1));
        assertThat(sightings.isHungry()).isFalse();
    }
}
