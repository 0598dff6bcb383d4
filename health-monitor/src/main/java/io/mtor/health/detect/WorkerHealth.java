// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.health.detect;

import io.mtor.common.bus.Announcement.Health;

/** What a monitor thinks of one worker; the diagram is at {@link FailureDetector}. */
sealed interface WorkerHealth {

    /** As others are told. */
    Health health();

    /** It answers. */
    record Healthy() implements WorkerHealth {
        @Override
        public Health health() {
            return Health.HEALTHY;
        }
    }

    /** It missed a pong. */
    record Suspect() implements WorkerHealth {
        @Override
        public Health health() {
            return Health.DEGRADED;
        }
    }

    /** It is silent for long, but so are too many others: perhaps it is us. */
    record Held() implements WorkerHealth {
        @Override
        public Health health() {
            return Health.DEGRADED;
        }
    }

    /** It is silent for long, and we believe it. */
    record Down(long sinceMillis) implements WorkerHealth {
        @Override
        public Health health() {
            return Health.DOWN;
        }

        WorkerHealth answers(long nowMillis, int needed) {
            return needed == 1 ? new Healthy() : new Recovering(1, nowMillis);
        }
    }

    /**
     * It was down and answers again.
     *
     * @param pongs how many in a row
     * @param countedAtMillis when the last of them came: only a ping sent later earns the next, so that the pongs which
     *     a stopped process sends in one burst when it wakes count once
     */
    record Recovering(int pongs, long countedAtMillis) implements WorkerHealth {
        @Override
        public Health health() {
            return Health.DEGRADED;
        }

        WorkerHealth answers(long pingedAtMillis, long nowMillis, int needed) {
            if (pingedAtMillis < countedAtMillis) {
                return this;
            }
            return pongs + 1 >= needed ? new Healthy() : new Recovering(pongs + 1, nowMillis);
        }
    }

    /** What a monitor thinks at first of a worker of which another has said this. */
    static WorkerHealth adopted(Health health, long nowMillis) {
        return switch (health) {
            case HEALTHY -> new Healthy();
            case DEGRADED -> new Suspect();
            case DOWN -> new Down(nowMillis);
        };
    }
}
