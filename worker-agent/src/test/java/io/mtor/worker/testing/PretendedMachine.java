// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.testing;

import io.mtor.worker.gpu.GpuSample;
import io.mtor.worker.gpu.Machine;
import java.time.Duration;
import java.util.List;

/** A machine with one GPU that tells what the test wants. */
public final class PretendedMachine {

    private volatile int celsius = 40;

    private volatile int use;

    private volatile boolean onBattery;

    private volatile Duration idle = Duration.ofHours(1);

    public Machine machine() {
        return new Machine(
                List.of(() ->
                        List.of(new GpuSample("0", "Pretended 3000", 24L << 30, 2L << 30, 0L, use, celsius, 120.0))),
                () -> onBattery,
                List.of(now -> idle));
    }

    public void celsius(int degrees) {
        celsius = degrees;
    }

    public void use(int percent) {
        use = percent;
    }

    public void onBattery(boolean on) {
        onBattery = on;
    }

    public void idle(Duration time) {
        idle = time;
    }
}
