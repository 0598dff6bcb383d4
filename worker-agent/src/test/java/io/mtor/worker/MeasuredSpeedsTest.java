// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.Speed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuredSpeedsTest {

    private static final Speed CHAT = new Speed(QueryType.CHAT, "a:1", 80, 900, 41.5);

    private static final Speed SPEAK = new Speed(QueryType.SPEAK, null, 650, 650, null);

    @TempDir
    private Path folder = Path.of("");

    private static MeasuredSpeeds of(String server, Speed... speeds) {
        return new MeasuredSpeeds(Map.of(server, List.of(speeds)));
    }

    @Test
    void shouldBeReadAsTheyWereWritten() throws IOException {
        Path file = folder.resolve("state/speeds.json");
        assertThat(MeasuredSpeeds.read(file)).isEqualTo(MeasuredSpeeds.NONE);

        of("ollama 127.0.0.1:11434", CHAT, SPEAK).write(file);

        assertThat(MeasuredSpeeds.read(file).of("ollama 127.0.0.1:11434")).containsExactly(CHAT, SPEAK);
        assertThat(MeasuredSpeeds.read(file).of("nobody")).isEmpty();
    }

    @Test
    void shouldTakeThePlaceOfTheSameServerOnly() {
        MeasuredSpeeds known = of("a", CHAT).with(of("b", SPEAK));

        assertThat(known.with(of("a", SPEAK)).byServer()).isEqualTo(Map.of("a", List.of(SPEAK), "b", List.of(SPEAK)));
    }

    @Test
    void shouldRefuseWhatIsNoSpeed() throws IOException {
        for (String text : List.of(
                "",
                "[]",
                "{\"a\":[{\"query_type\":\"chat\",\"first_ms\":9,\"whole_ms\":3}]}",
                "{\"a\":[{\"query_type\":\"chat\",\"first_ms\":1,\"whole_ms\":3,\"tokens_per_second\":-1}]}")) {
            Path file = Files.writeString(folder.resolve("speeds.json"), text);
            assertThatThrownBy(() -> MeasuredSpeeds.read(file)).hasMessageContaining("holds no speeds");
        }
    }
}
