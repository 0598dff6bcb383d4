// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.owner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mtor.common.config.Aliases;
import io.mtor.common.config.ConfigException;
import io.mtor.common.config.ConfigLoader;
import io.mtor.common.protocol.QueryType;
import io.mtor.worker.gpu.GpuSample;
import io.mtor.worker.gpu.Senses;
import io.mtor.worker.owner.Reason.Cause;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class OwnerTest {

    private static final ZoneId UTC = ZoneId.of("UTC");

    private static final long GIB = 1L << 30;

    private Instant now = Instant.parse("2026-11-23T12:00:00Z");

    private int running;

    private int jobs;

    static OwnerLimits limits(String... flags) {
        return ConfigLoader.load(OwnerLimits.class, Aliases.none(), List.of(flags), Map.of())
                .config();
    }

    private static Owner owner(String... flags) {
        return new Owner(limits(flags), UTC);
    }

    private static Senses gpu(int celsius, int use, long used, long others) {
        return new Senses(
                List.of(new GpuSample("0", "Fake 3000", 24 * GIB, used, others, use, celsius, 50.0)), false, null);
    }

    private static Senses at(int celsius) {
        return gpu(celsius, 0, 0, 0);
    }

    private static Senses busy(int percent) {
        return gpu(40, percent, 0, 0);
    }

    private static Senses idle(@Nullable Duration idle) {
        return new Senses(List.of(), false, idle);
    }

    private static Senses battery(boolean on) {
        return new Senses(List.of(), on, null);
    }

    private Set<Cause> causes(Owner owner, Senses senses) {
        return owner.look(senses, running, jobs, now).causes();
    }

    private void pass(int seconds) {
        now = now.plusSeconds(seconds);
    }

    @Test
    void shouldTakeWorkOnAMachineThatTellsNothing() {
        assertThat(causes(owner(), Senses.NONE)).isEmpty();
    }

    @Test
    void shouldObeyItsOwnerAtOnceAndForAsLongAsHeSaid() {
        Owner owner = owner();

        owner.pause(now.plusSeconds(60));
        assertThat(owner.look(Senses.NONE, 0, 0, now).reasons())
                .containsExactly(new Reason(Cause.OWNER, "paused by its owner", now.plusSeconds(60)));
        pass(60);
        assertThat(causes(owner, Senses.NONE)).isEmpty();

        owner.pause(null);
        pass(100_000);
        assertThat(causes(owner, Senses.NONE)).containsExactly(Cause.OWNER);
        owner.resume();
        assertThat(causes(owner, Senses.NONE)).isEmpty();
    }

    @Test
    void shouldForgetAnEarlierEndWhenItIsPausedWithoutOne() {
        Owner owner = owner();
        owner.pause(now.plusSeconds(60));
        owner.pause(null);

        pass(61);

        assertThat(causes(owner, Senses.NONE)).containsExactly(Cause.OWNER);
    }

    @Test
    void shouldSayWhenItsHoursCome() {
        Owner owner = owner("--hours", "22:00-07:00");

        Reason reason = owner.look(Senses.NONE, 0, 0, now).reasons().getFirst();

        assertThat(reason.cause()).isEqualTo(Cause.HOURS);
        assertThat(reason.text()).contains("22:00-07:00");
        assertThat(reason.until()).isEqualTo(Instant.parse("2026-11-23T22:00:00Z"));
        pass(10 * 3600);
        assertThat(causes(owner, Senses.NONE)).isEmpty();
    }

    @Test
    void shouldPauseAboveOneTemperatureAndGoOnBelowAnother() {
        Owner owner = owner("--max-gpu-temp", "83", "--resume-at", "75");

        assertThat(causes(owner, at(82))).isEmpty();
        assertThat(causes(owner, at(83))).containsExactly(Cause.TEMPERATURE);
        assertThat(causes(owner, at(76))).containsExactly(Cause.TEMPERATURE);
        assertThat(causes(owner, at(75))).isEmpty();
        assertThat(causes(owner, at(82))).isEmpty();
    }

    @Test
    void shouldNotTakeAHotGpuThatFallsSilentForCool() {
        Owner owner = owner();
        assertThat(causes(owner, at(90))).containsExactly(Cause.TEMPERATURE);

        pass(20);
        assertThat(causes(owner, Senses.NONE)).containsExactly(Cause.TEMPERATURE);

        pass(20);
        assertThat(causes(owner, Senses.NONE)).isEmpty();
    }

    @Test
    void shouldRestOnBatteryUnlessItMayWork() {
        Owner owner = owner();
        assertThat(causes(owner, battery(true))).containsExactly(Cause.BATTERY);
        pass(29);
        assertThat(causes(owner, battery(false))).containsExactly(Cause.BATTERY);
        pass(30);
        assertThat(causes(owner, battery(false))).isEmpty();

        assertThat(causes(owner("--on-battery"), battery(true))).isEmpty();
    }

    @Test
    void shouldYieldToOthersOnItsGpuButNotToItself() {
        Owner owner = owner("--others-use", "30");

        running = 1;
        for (int i = 0; i < 20; i++, pass(1)) {
            assertThat(causes(owner, busy(99))).isEmpty();
        }

        running = 0;
        assertThat(causes(owner, busy(99))).isEmpty();
        pass(2);
        assertThat(causes(owner, busy(99))).isEmpty();
        pass(1);
        assertThat(causes(owner, busy(99))).containsExactly(Cause.OTHERS);
        pass(29);
        assertThat(causes(owner, busy(5))).containsExactly(Cause.OTHERS);
        pass(30);
        assertThat(causes(owner, busy(5))).isEmpty();
    }

    @Test
    void shouldTakeNoNoticeOfAShortEffort() {
        Owner owner = owner();

        for (int i = 0; i < 10; i++) {
            assertThat(causes(owner, busy(99))).isEmpty();
            pass(2);
            assertThat(causes(owner, busy(10))).isEmpty();
            pass(2);
        }
    }

    @Test
    void shouldYieldToProgramsThatHoldItsMemory() {
        Owner owner = owner("--others-vram", "2GiB", "--calm", "10s");

        assertThat(causes(owner, gpu(40, 0, 8 * GIB, 2 * GIB))).isEmpty();
        assertThat(causes(owner, gpu(40, 0, 8 * GIB, 3 * GIB))).containsExactly(Cause.OTHERS);
        pass(10);
        assertThat(causes(owner, gpu(40, 0, 8 * GIB, 0))).isEmpty();
    }

    @Test
    void shouldKeepToItsBudgetOfMemory() {
        Owner owner = owner("--vram-budget", "20GiB");

        assertThat(causes(owner, gpu(40, 0, 20 * GIB, 0))).isEmpty();
        assertThat(owner.look(gpu(40, 0, 21 * GIB, 0), 0, 0, now).reasons())
                .singleElement()
                .satisfies(reason -> assertThat(reason.text())
                        .isEqualTo("21.0 GiB of GPU 0 (Fake 3000) are in use, and 20.0 GiB may be"));
    }

    @Test
    void shouldLeaveTheMachineToWhoSitsAtIt() {
        Owner owner = owner("--idle", "5m");

        Reason reason =
                owner.look(idle(Duration.ofMinutes(2)), 0, 0, now).reasons().getFirst();

        assertThat(reason.cause()).isEqualTo(Cause.USER);
        assertThat(reason.until()).isEqualTo(now.plus(Duration.ofMinutes(3)));
        assertThat(causes(owner, idle(Duration.ofMinutes(5)))).isEmpty();
        assertThat(causes(owner, idle(null))).isEmpty();
        assertThat(causes(owner(), idle(Duration.ZERO))).isEmpty();
    }

    @Test
    void shouldTakeNoMoreThanADayMayBring() {
        Owner owner = owner("--max-jobs-per-day", "10");

        assertThat(owner.look(Senses.NONE, 0, 9, now).isOpen()).isTrue();
        Reason reason = owner.look(Senses.NONE, 0, 10, now).reasons().getFirst();

        assertThat(reason.cause()).isEqualTo(Cause.JOBS);
        assertThat(reason.until()).isEqualTo(Instant.parse("2026-11-24T00:00:00Z"));
    }

    @Test
    void shouldNameEveryReasonAtOnce() {
        Owner owner = owner("--hours", "22:00-07:00", "--max-jobs-per-day", "1");
        owner.pause(null);
        var senses = new Senses(at(99).gpus(), true, null);

        assertThat(owner.look(senses, 0, 1, now).causes())
                .isEqualTo(EnumSet.of(Cause.OWNER, Cause.HOURS, Cause.TEMPERATURE, Cause.BATTERY, Cause.JOBS));
    }

    @RepeatedTest(40)
    void shouldNeverFlap(RepetitionInfo run) {
        // Given: a machine whose figures jump about, looked at twice a second for ten minutes.
        var random = new Random(run.getCurrentRepetition());
        Owner owner = owner("--others-vram", "1GiB", "--vram-budget", "20GiB");
        List<Instant> closings = new ArrayList<>();
        boolean open = true;
        int celsius = 60;
        for (int i = 0; i < 1_200; i++) {
            now = now.plusMillis(500);
            celsius = Math.clamp(celsius + random.nextInt(-3, 4), 40, 95);
            var gpu = new GpuSample(
                    "0", "", 24 * GIB, random.nextLong(22 * GIB), random.nextLong(2 * GIB), 0, celsius, null);
            boolean now1 = owner.look(new Senses(List.of(gpu), random.nextBoolean(), null), 0, 0, now)
                    .isOpen();
            if (open && !now1) {
                closings.add(now);
            }
            open = now1;
        }

        // Then: what opens again had been calm for half a minute.
        for (int i = 1; i < closings.size(); i++) {
            assertThat(Duration.between(closings.get(i - 1), closings.get(i))).isGreaterThan(Duration.ofSeconds(30));
        }
    }

    @Test
    void shouldRefuseThresholdsInTheWrongOrder() {
        assertThatThrownBy(() -> limits("--max-gpu-temp", "70", "--resume-at", "75"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("resume_at (75) must be below max_gpu_temp (70)");
    }

    @Test
    void shouldReadHoursAndQueryTypesFromFlags() {
        OwnerLimits limits = limits("--hours", "mon-fri 22:00-07:00,sat-sun 00:00-24:00", "--query-types", "chat");

        assertThat(limits.hours()).containsExactly(new Hours("mon-fri 22:00-07:00"), new Hours("sat-sun 00:00-24:00"));
        assertThat(limits.allows(QueryType.CHAT)).isTrue();
        assertThat(limits.allows(QueryType.IMAGINE)).isFalse();
        assertThat(limits().allows(QueryType.IMAGINE)).isTrue();
    }
}
