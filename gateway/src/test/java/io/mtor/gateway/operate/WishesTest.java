// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.protocol.WorkerId;
import io.mtor.gateway.operate.Wishes.Effect;
import io.mtor.gateway.operate.Wishes.Wish;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WishesTest {

    private static final WorkerId WORKER = new WorkerId("w");
    private static final Wish DRAIN = new Wish(WORKER, true, 7);
    private static final Wish RESUME = new Wish(WORKER, false, 7);

    private final Wishes wishes = new Wishes();
    private final Map<WorkerId, Sight> seen = new HashMap<>(Map.of(WORKER, new Sight(false, 900)));

    private List<Effect> until(long from, long to) {
        List<Effect> effects = new ArrayList<>();
        for (long now = from; now <= to; now += 100) {
            effects.addAll(wishes.tick(seen::get, now));
        }
        return effects;
    }

    @Test
    void shouldSendAgainUntilTheWorkerShowsIt() {
        assertThat(wishes.want(DRAIN, 1_000)).isEqualTo(new Effect.Send(DRAIN));
        assertThat(until(1_100, 2_000)).containsExactly(new Effect.Send(DRAIN), new Effect.Send(DRAIN));

        seen.put(WORKER, new Sight(true, 2_050));

        assertThat(until(2_100, 20_000)).isEmpty();
    }

    @Test
    void shouldNotTakeAnAnnouncementOfBeforeForTheAnswer() {
        seen.put(WORKER, new Sight(true, 900));

        wishes.want(DRAIN, 1_000);

        assertThat(until(1_100, 1_500)).containsExactly(new Effect.Send(DRAIN));
    }

    @Test
    void shouldForgetTheWishBefore() {
        wishes.want(DRAIN, 1_000);
        wishes.want(RESUME, 1_100);

        assertThat(until(1_200, 1_600)).containsExactly(new Effect.Send(RESUME));
    }

    @Test
    void shouldGiveUpInTheEnd() {
        wishes.want(RESUME, 1_000);
        seen.put(WORKER, new Sight(true, 5_000));

        assertThat(until(1_100, 60_000))
                .last()
                .isEqualTo(new Effect.Failed(RESUME, "it does not take work again; it may be about to leave"));
    }

    @Test
    void shouldGiveUpAtOnceWhenTheWorkerIsGone() {
        wishes.want(DRAIN, 1_000);
        seen.clear();

        assertThat(until(1_100, 60_000)).containsExactly(new Effect.Failed(DRAIN, "it is gone"));
    }

    @Test
    void shouldHoldOnlySoMany() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(wishes.want(new Wish(new WorkerId("w" + i), true, 7), 1_000))
                    .isInstanceOf(Effect.Send.class);
        }

        assertThat(wishes.want(DRAIN, 1_000))
                .isEqualTo(new Effect.Failed(DRAIN, "too many workers have not answered yet"));
    }
}
