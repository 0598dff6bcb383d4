// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.wyoming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {

    /** As wyoming 1.7 writes it: data behind the line, payload behind the data. */
    private static final byte[] STREAM = ("{\"type\":\"audio-chunk\",\"version\":\"1.7.1\",\"data\":{\"rate\":1},"
                    + "\"data_length\":23,\"payload_length\":3}\n{\"rate\":2,\"width\":\"ü\"}\n\0\n"
                    + "{\"type\":\"audio-stop\"}\n")
            .getBytes(StandardCharsets.UTF_8);

    private static List<Event> read(byte[] bytes, int cut) {
        var reader = new EventReader();
        List<Event> events = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += cut) {
            events.addAll(reader.feed(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + cut))));
        }
        return events;
    }

    @Test
    void shouldReadTheSameHoweverTheNetworkCutsIt() {
        for (int cut = 1; cut <= STREAM.length; cut++) {
            List<Event> events = read(STREAM, cut);
            assertThat(events).extracting(Event::type).containsExactly("audio-chunk", "audio-stop");
            assertThat(events.getFirst().data().toString()).isEqualTo("{\"rate\":2,\"width\":\"ü\"}");
            assertThat(events.getFirst().payload().array()).isEqualTo(new byte[] {'\n', 0, '\n'});
        }
    }

    @Test
    void shouldReadWhatWeWrite() {
        List<Event> events = read(Event.describe().toBytes(), 7);
        assertThat(events).containsExactly(Event.describe());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 400 Bad Request\n",
                "\n",
                "[]\n",
                "{\n",
                "{\"type\":\"x\",\"data_length\":-1}\n",
                "{\"type\":\"x\",\"payload_length\":99999999}\n",
                "{\"type\":\"x\",\"data_length\":2}\n[]"
            })
    void shouldNotTakeAnythingForAnEvent(String text) {
        assertThatThrownBy(() -> read(text.getBytes(StandardCharsets.UTF_8), 4))
                .isInstanceOf(IllegalStateException.class);
    }
}
