// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.protocol.WorkerId;
import io.mtor.gateway.audit.Reputation.Standing;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReputationTest {

    private static final int HOSTS = 2_000;
    private static final int MANY_INTENTS = 5_000;
    private static final int PROBATION_PERCENT = 100;
    private static final int SHARE_PERCENT = 10;

    private static Reputation after(Reputation reputation, boolean agrees, int times) {
        for (int i = 0; i < times; i++) {
            reputation = reputation.with(agrees);
        }
        return reputation;
    }

    @Test
    void shouldTrustAfterManyAgreeing() {
        assertThat(Reputation.NEW.standing()).isEqualTo(Standing.PROBATION);
        assertThat(after(Reputation.NEW, true, 137).standing()).isEqualTo(Standing.PROBATION);
        assertThat(after(Reputation.NEW, true, 138).standing()).isEqualTo(Standing.TRUSTED);
    }

    @Test
    void shouldNotCatchForOneOrTwoThatDiffer() {
        assertThat(after(Reputation.NEW, false, 2).standing()).isEqualTo(Standing.PROBATION);
        assertThat(after(Reputation.NEW, false, 3).standing()).isEqualTo(Standing.CAUGHT);
    }

    @Test
    void shouldPutWhoWasTrustedOnProbationAgainWithOneThatDiffers() {
        Reputation old = after(Reputation.NEW, true, 100_000);
        assertThat(old.with(false).standing()).isEqualTo(Standing.PROBATION);
        assertThat(after(old, false, 5).standing()).isEqualTo(Standing.CAUGHT);
    }

    @Test
    void shouldNotForgetThatOneWasCaught() {
        assertThat(after(after(Reputation.NEW, false, 3), true, 10_000).standing())
                .isEqualTo(Standing.CAUGHT);
    }

    @Test
    void shouldReadTheMarkFromTheNameOfAWorker() {
        assertThat(Reputations.markOf(new WorkerId("my-attic-uaq4y7uyx26o.ollama")))
                .isEqualTo("uaq4y7uyx26o");
        assertThat(Reputations.markOf(new WorkerId("attic"))).isEmpty();
    }

    // ---- simulated hosts; seeds are numbers from 1

    /**
     * How many intents it takes to catch a host, sampled as by default; MANY_INTENTS + 1 if they were not enough.
     *
     * @param honest intents before it begins to lie
     * @param differs how often an audit of a lie, or of an honest host's answer, differs
     */
    private static int[] caughtAfter(int honest, double differs) {
        int[] after = new int[HOSTS];
        for (int seed = 1; seed <= HOSTS; seed++) {
            var random = new Random(seed);
            Reputation reputation = after(Reputation.NEW, true, honest);
            int intents = 0;
            while (reputation.standing() != Standing.CAUGHT && intents <= MANY_INTENTS) {
                intents++;
                boolean trusted = reputation.standing() == Standing.TRUSTED;
                if (random.nextInt(100) < (trusted ? SHARE_PERCENT : PROBATION_PERCENT)) {
                    reputation = reputation.with(random.nextDouble() >= differs);
                }
            }
            after[seed - 1] = intents;
        }
        Arrays.sort(after);
        return after;
    }

    private static double within(int[] sorted, int intents) {
        return (double) Arrays.stream(sorted).filter(each -> each <= intents).count() / sorted.length;
    }

    private static void print(String what, int[] sorted) {
        System.out.printf(
                "%-44s median %5d, 90 %% %5d, 99 %% %5d; within 200: %.4f, within %d: %.5f%n",
                what,
                sorted[HOSTS / 2],
                sorted[HOSTS * 9 / 10],
                sorted[HOSTS * 99 / 100],
                within(sorted, 200),
                MANY_INTENTS,
                within(sorted, MANY_INTENTS));
    }

    @Test
    void shouldCatchAHostThatLiesInFivePercentWithinTwoHundredIntents() {
        int[] caught = caughtAfter(0, 0.05);
        print("lies in 5 % from the first", caught);
        assertThat(within(caught, 200)).isGreaterThan(0.9);
        int[] often = caughtAfter(0, 0.2);
        print("lies in 20 % from the first", often);
        assertThat(within(often, 200)).isGreaterThan(0.999);
        int[] some = caughtAfter(0, 0.02);
        print("lies in 2 % from the first", some);
        int[] late = caughtAfter(1_000, 0.05);
        print("lies in 5 % after 1,000 honest audits", late);
        assertThat(within(late, 2_000)).isGreaterThan(0.95);
    }

    @Test
    void shouldHardlyEverCatchAnHonestHost() {
        for (double differs : new double[] {0.0005, 0.001, 0.002, 0.005, 0.01}) {
            int[] caught = caughtAfter(0, differs);
            print("honest, " + differs + " of audits differ", caught);
            assertThat(differs > 0.001 || within(caught, MANY_INTENTS) < 0.002)
                    .as("caught at " + differs)
                    .isTrue();
        }
    }
}
