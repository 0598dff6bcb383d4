// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.chaos;

import io.mtor.bench.chaos.proxy.Shape;
import io.mtor.bench.process.Part;
import io.mtor.realm.cluster.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Does faults to a stage, makes sure that each was done, and takes back those that last. Used by one thread. */
final class Strikes {

    private final Stage stage;
    private final Outcome.Notes notes;
    private final Random random;
    private final List<Runnable> undo = new ArrayList<>();

    Strikes(Stage stage, Outcome.Notes notes, Random random) {
        this.stage = stage;
        this.notes = notes;
        this.random = random;
    }

    /** Does it; returns when it is done. */
    void strike(Fault fault) {
        boolean done =
                switch (fault) {
                    case Fault.Kill kill -> {
                        Part victim = victim(kill.role());
                        victim.kill();
                        yield !victim.isAlive();
                    }
                    case Fault.Freeze freeze -> {
                        Part victim = victim(freeze.role());
                        victim.freeze();
                        undo.add(victim::thaw);
                        yield victim.isFrozen();
                    }
                    case Fault.Reset reset -> stage.proxy().reset(reset.share()) > 0;
                    case Fault.Stall stall -> stage.proxy().stall(stall.share(), stall.time()) > 0;
                    case Fault.Silence silence -> stage.proxy().silence(silence.share()) > 0;
                    case Fault.Reshape reshape -> {
                        stage.proxy().shape(reshape.shape());
                        undo.add(() -> stage.proxy().shape(Shape.PLAIN));
                        yield stage.proxy().reset(0.5) > 0;
                    }
                };
        if (done) {
            notes.fired(fault.label());
        }
    }

    private Part victim(Role role) {
        List<Part> alive = stage.cluster().alive(role);
        return alive.get(random.nextInt(alive.size()));
    }

    /** Lets those go on that stand still. */
    void takeBack() {
        undo.forEach(Runnable::run);
        undo.clear();
    }
}
