// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mtor.bench.simulation.world.Wish;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordedTraceTest {

    private static final String HEADER = "at_ms,user,query_type,work_ms";
    private static final List<String> WORKERS = List.of("2x1:chat", "1x4:chat,vision@1.8");

    @Test
    void shouldReadIntentsInOrderAndWorkers() {
        Workload load = RecordedTrace.read("t", List.of(HEADER, "42,bob,vision,800", "", "0,ada,chat,3100"), WORKERS);

        assertThat(load.wishes()).extracting(Wish::user).containsExactly("ada", "bob");
        assertThat(load.hosts()).hasSize(3);
        assertThat(load.hosts().getLast().slots()).isEqualTo(4);
        assertThat(load.hosts().getLast().slowness()).isEqualTo(1.8);
        assertThat(new Ours(1, List.of()).run(load).count()).isEqualTo(2);
        assertThat(new EarlyBinding(EarlyBinding.Choice.ROUND_ROBIN, 1)
                        .run(load)
                        .count())
                .isEqualTo(2);
    }

    @Test
    void shouldNameTheCulprit() {
        assertThatThrownBy(() -> RecordedTrace.read("t", List.of("when,who"), WORKERS))
                .hasMessage("the first line of a trace must be " + HEADER);
        assertThatThrownBy(() -> RecordedTrace.read("t", List.of(HEADER, "0,ada,chat"), WORKERS))
                .hasMessageStartingWith("line 2 has 3 fields");
        assertThatThrownBy(() -> RecordedTrace.read("t", List.of(HEADER, "0,ada,chat,5", "x,ada,chat,5"), WORKERS))
                .hasMessage("line 3: x is not a whole number of milliseconds");
        assertThatThrownBy(() -> RecordedTrace.read("t", List.of(HEADER, "0,ada,dance,5"), WORKERS))
                .hasMessage("line 2: no worker serves dance");
        assertThatThrownBy(() -> RecordedTrace.read("t", List.of(HEADER), List.of("many")))
                .hasMessageContaining("not like many");
    }

    @Test
    void shouldDrawEachPolicy() {
        Workload load = RecordedTrace.read("t", List.of(HEADER, "0,ada,chat,3100", "1,bob,chat,200"), WORKERS);

        String svg = Plot.of("a <b> title", Map.of("ideal", new Central(false).run(load)));

        assertThat(svg).startsWith("<svg").contains("ideal", "a &lt;b> title").endsWith("</svg>\n");
    }
}
