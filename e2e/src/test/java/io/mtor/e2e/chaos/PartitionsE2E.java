// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.chaos;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Networks that part, on a machine that lets us make some; runs with the Maven profile {@code faults}. */
@Tag("faults")
class PartitionsE2E {

    @Test
    void nothingIsLostShownTwiceOrMixedWhileHostsAreCutOff() {
        Played.wholly("partitions", 1);
    }
}
