// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionsTest {

    private static final List<String> PARTS =
            List.of("## Context", "## Decision", "## Consequences", "## Rejected", "## What would reopen it");

    @Test
    void shouldSayOfEachDecisionWhyAndWhatElse() {
        List<Page> decisions = Page.all().stream()
                .filter(page -> page.toString().matches("docs/adr/\\d{4}-.*\\.md"))
                .toList();

        assertThat(decisions).isNotEmpty().allSatisfy(decision -> {
            assertThat(decision.lines()).anyMatch(line -> line.startsWith("Status: "));
            assertThat(decision.lines().stream().filter(line -> line.startsWith("## ")))
                    .containsExactlyElementsOf(PARTS);
        });
    }
}
