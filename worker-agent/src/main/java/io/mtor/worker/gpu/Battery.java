// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.gpu;

import java.nio.file.Path;
import java.util.List;

/**
 * Whether this machine runs on its battery.
 *
 * @param root {@code /sys/class/power_supply}
 */
public record Battery(Path root) {

    /** That of this machine. */
    public static Battery ofThisHost() {
        return new Battery(Path.of("/sys/class/power_supply"));
    }

    /** True if a battery of its own is being emptied and nothing else feeds it; false if nothing is known. */
    public boolean isInUse() {
        List<Path> supplies = SmallFiles.in(root, ".*");
        boolean fed = supplies.stream()
                .filter(each -> !SmallFiles.text(each.resolve("type")).equals("Battery"))
                .anyMatch(each -> SmallFiles.text(each.resolve("online")).equals("1"));
        return !fed && supplies.stream().anyMatch(Battery::isEmptied);
    }

    /** A battery of a mouse has the scope Device. */
    private static boolean isEmptied(Path supply) {
        return SmallFiles.text(supply.resolve("type")).equals("Battery")
                && !SmallFiles.text(supply.resolve("scope")).equals("Device")
                && SmallFiles.text(supply.resolve("status")).equals("Discharging");
    }
}
