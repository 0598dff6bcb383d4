// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.chaos;

import io.mtor.bench.chaos.proxy.Shape;
import io.mtor.realm.cluster.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Something that is done to a realm. */
sealed interface Fault {

    /** {@code kill -9}. */
    record Kill(Role role) implements Fault {}

    /** SIGSTOP, and SIGCONT after a while. */
    record Freeze(Role role, int seconds) implements Fault {}

    /** A share of the users' connections is reset. */
    record Reset(double share) implements Fault {}

    /** Nothing passes on a share of the users' connections for a while. */
    record Stall(double share, int seconds) implements Fault {}

    /** A share of the users hears nothing any more, and is not told. */
    record Silence(double share) implements Fault {}

    /** Data of all users pass in this shape for a while, from their next connection on. */
    record Reshape(Shape shape) implements Fault {}

    /** True if it strikes processes of the same kind as the other does. */
    default boolean strikesLike(Fault other) {
        return victims().equals(other.victims());
    }

    private String victims() {
        return switch (this) {
            case Kill kill -> kill.role.label();
            case Freeze freeze -> freeze.role.label();
            case Reset r -> "connections";
            case Stall s -> "connections";
            case Silence s -> "connections";
            case Reshape r -> "connections";
        };
    }

    /** For how long it strikes. */
    default Duration time() {
        return switch (this) {
            case Kill kill -> Duration.ZERO;
            case Freeze freeze -> Duration.ofSeconds(freeze.seconds);
            case Reset reset -> Duration.ZERO;
            case Stall stall -> Duration.ofSeconds(stall.seconds);
            case Silence silence -> Duration.ZERO;
            case Reshape reshape -> Duration.ofSeconds(2);
        };
    }

    /** For people. */
    default String label() {
        return switch (this) {
            case Kill kill -> "kill -9 " + kill.role.label();
            case Freeze freeze -> "SIGSTOP " + freeze.seconds + " s " + freeze.role.label();
            case Reset reset -> "TCP reset";
            case Stall stall -> "TCP stall " + stall.seconds + " s";
            case Silence silence -> "half-open TCP";
            case Reshape reshape -> reshape.shape.sliceBytes() > 0 ? "tiny TCP slices" : "slow TCP";
        };
    }

    /** So many kills of each role, and other faults in proportion, at least one of those that are usual; shuffled. */
    static List<Fault> mixed(int kills, Random random) {
        List<Fault> all = new ArrayList<>();
        for (Role role : Role.values()) {
            add(all, new Kill(role), kills);
            boolean worker = role == Role.WORKER;
            add(all, new Freeze(role, 3), worker ? Math.max(1, kills / 2) : kills / 4);
            add(all, new Freeze(role, 12), worker ? Math.max(1, kills / 4) : kills / 6);
        }
        add(all, new Reset(0.5), kills);
        int some = Math.max(1, kills / 4);
        add(all, new Stall(0.5, 3), some);
        add(all, new Stall(0.3, 8), some);
        add(all, new Silence(0.3), some);
        add(all, new Reshape(new Shape(3, 0)), some);
        add(all, new Reshape(new Shape(0, 100)), some);
        Collections.shuffle(all, random);
        return all;
    }

    private static void add(List<Fault> all, Fault fault, int count) {
        all.addAll(Collections.nCopies(count, fault));
    }
}
