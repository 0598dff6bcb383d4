// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.protocol.Offer;
import io.mtor.worker.testing.RecordedServer;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every server against every probe: each is called by its name, whoever it imitates. */
class ImpostorsTest {

    private static Stream<RecordedServer> servers() {
        return RecordedServer.all();
    }

    private static Sight sight(RecordedServer server) {
        Map<String, Reply> replies = new HashMap<>();
        Stream.concat(Stream.of(Paths.ROOT), Paths.BEHIND_ROOT.stream()).forEach(path -> {
            RecordedServer.Recorded said = server.at(path);
            replies.put(path, Reply.of(said.status(), said.server(), said.type(), said.text()));
        });
        return Fingerprint.of(replies, false);
    }

    private static String name(Sight sight) {
        return switch (sight) {
            case Sight.Nobody nobody -> "nobody";
            case Sight.Stranger stranger -> "unknown";
            case Sight.Useless useless -> useless.name() + ": " + useless.reason();
            case Sight.Server server -> (server.kind().id() + " " + server.version()).strip();
        };
    }

    private static List<String> serves(Sight sight) {
        return sight instanceof Sight.Server server
                ? server.serving().offers().stream().map(ImpostorsTest::text).toList()
                : List.of();
    }

    private static String text(Offer offer) {
        return (offer.queryType() + " " + String.join(", ", offer.models())).strip();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void shouldCallEachByItsNameAndOfferWhatItHas(RecordedServer server) {
        // When
        Sight sight = sight(server);

        // Then
        assertThat(name(sight)).isEqualTo(server.named());
        assertThat(serves(sight)).isEqualTo(server.serves());
        assertThat(sight instanceof Sight.Server found ? found.serving().slots() : 0)
                .isEqualTo(server.slots());
    }

    @Test
    void shouldHaveEveryKindAmongThem() {
        List<Kind> seen = servers()
                .flatMap(server -> sight(server) instanceof Sight.Server found ? Stream.of(found.kind()) : Stream.of())
                .distinct()
                .toList();
        assertThat(seen)
                .containsExactlyInAnyOrderElementsOf(
                        // One is never proved, only configured; the other speaks no HTTP.
                        EnumSet.complementOf(EnumSet.of(Kind.PREDICT, Kind.WYOMING)));
    }
}
