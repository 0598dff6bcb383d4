// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.e2e.testing.TestRealm;
import io.mtor.e2e.testing.TestUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two programs of a host that must not work at the same time. */
class TurnsE2E {

    private static final int EACH = 6;

    @TempDir
    private Path folder;

    /** Writes down when it begins and when it ends. */
    private String program(String name, int slots, Path diary) {
        return """
                [[agent.command]]
                name = "%1$s"
                query_type = "%1$s"
                argv = ["sh", "-c", "echo +%1$s >> %2$s; sleep 0.2; echo -%1$s >> %2$s; cat"]
                slots = %3$d
                """.formatted(name, diary, slots);
    }

    @Test
    void neverWorkAtTheSameTimeAndBothGetTheirWorkDone() throws IOException {
        Path diary = folder.resolve("diary");
        String toml = "[agent.worker]\ntake_turns = [\"paint\", \"talk\"]\n" + program("paint", 1, diary)
                + program("talk", 2, diary);
        try (var realm = TestRealm.start(toml);
                var user = new TestUser("ada", realm.uri())) {
            List<TestUser.Asked> asked = new ArrayList<>();
            for (int i = 0; i < EACH; i++) {
                asked.add(user.ask("paint", "a picture " + i));
                asked.add(user.ask("talk", "some words " + i));
            }
            asked.forEach(each -> assertThat(each.result().resultText()).isNotEmpty());
        }

        List<String> lines = Files.readAllLines(diary);
        assertThat(lines).filteredOn("+paint"::equals).hasSize(EACH);
        assertThat(lines).filteredOn("+talk"::equals).hasSize(EACH);
        assertThat(neverTwo(lines)).as(String.valueOf(lines)).isTrue();
    }

    private static boolean neverTwo(List<String> diary) {
        List<String> running = new ArrayList<>();
        for (String line : diary) {
            String name = line.substring(1);
            if (line.startsWith("+")) {
                running.add(name);
            } else {
                running.remove(name);
            }
            Set<String> kinds = new HashSet<>(running);
            if (kinds.size() > 1) {
                return false;
            }
        }
        return true;
    }
}
