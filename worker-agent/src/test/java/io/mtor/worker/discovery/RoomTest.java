// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoomTest {

    private static final Busy IDLE = new Busy(0, 0);

    @Test
    void shouldLeaveToOthersTheSlotsThatTwoLooksShowThemIn() {
        // Given
        Room room = Room.of(Kind.LLAMA_CPP);

        // Then
        assertThat(room.after(new Busy(2, 0), 4, 1)).isEqualTo(4);
        assertThat(room.after(new Busy(3, 0), 4, 1)).isEqualTo(3);
        assertThat(room.after(new Busy(3, 0), 4, 1)).isEqualTo(2);
        assertThat(room.after(IDLE, 4, 0)).isEqualTo(4);
    }

    @Test
    void shouldNotTakeOursForOthersWhileTheyBeginAndEnd() {
        Room room = Room.of(Kind.LLAMA_CPP);
        for (int i = 0; i < 100; i++) {
            // The server counts one that has ended here, then none of two that have begun here.
            assertThat(room.after(new Busy(1, 0), 2, 0)).isEqualTo(2);
            assertThat(room.after(IDLE, 2, 2)).isEqualTo(2);
        }
    }

    @Test
    void shouldGiveNothingToAServerThatOthersFill() {
        Room room = Room.of(Kind.KOBOLD_CPP);
        room.after(new Busy(1, 2), 1, 0);
        assertThat(room.after(new Busy(1, 2), 1, 0)).isZero();
    }

    @Test
    void shouldHalveWhatMakesALineAndGiveMoreOneByOne() {
        // Given
        Room room = Room.of(Kind.VLLM);
        var line = new Busy(8, 3);

        // Then: what others run is no reason, a line that stays is.
        assertThat(room.after(new Busy(200, 0), 8, 0)).isEqualTo(8);
        assertThat(room.after(line, 8, 8)).isEqualTo(8);
        assertThat(room.after(line, 8, 8)).isEqualTo(4);
        assertThat(room.after(line, 8, 4)).isEqualTo(2);
        assertThat(room.after(line, 8, 2)).isEqualTo(1);
        assertThat(room.after(line, 8, 1)).isEqualTo(1);
        for (int slots = 2; slots <= 8; slots++) {
            assertThat(room.after(IDLE, 8, 1)).isEqualTo(slots);
        }
        assertThat(room.after(IDLE, 8, 1)).isEqualTo(8);
    }

    @Test
    void shouldForgiveALineThatIsGoneAtTheNextLook() {
        Room room = Room.of(Kind.VLLM);
        for (int i = 0; i < 10; i++) {
            assertThat(room.after(new Busy(8, 1), 8, 8)).isEqualTo(8);
            assertThat(room.after(IDLE, 8, 0)).isEqualTo(8);
        }
    }

    @Test
    void shouldFollowWhatItMayHaveAtMost() {
        Room room = Room.of(Kind.VLLM);
        assertThat(room.after(IDLE, 8, 0)).isEqualTo(8);
        assertThat(room.after(IDLE, 2, 0)).isEqualTo(2);
        assertThat(room.after(IDLE, 4, 0)).isEqualTo(3);
    }
}
