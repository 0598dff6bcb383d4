// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.Addresses;
import io.mtor.common.bus.Bus;
import io.mtor.common.protocol.GatewayId;
import io.mtor.gateway.hosts.HostEntry.Verb;
import io.mtor.gateway.testing.Waiting;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Books of several gateways, over a bus. */
@Timeout(60)
class BookkeeperIT {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    private static final HostEntry REVOKED = new HostEntry(NOON, Verb.REVOKED, "uaq4y7uyx26o", "sold");

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    private final class One {

        private final Context context = vertx.getOrCreateContext();
        private final HostBookFile file;
        private final Bookkeeper keeper;
        private int changes;

        One(String name) {
            this(name, folder.resolve(name));
        }

        One(String name, Path path) {
            file = new HostBookFile(path);
            var id = new GatewayId(name);
            keeper = on(() -> new Bookkeeper(vertx, Bus.of(vertx), id, file, () -> changes++));
            on(() -> Bus.of(vertx).listen(Addresses.OPERATING, keeper::hear))
                    .ready()
                    .await();
            on(() -> Bus.of(vertx).listen(Addresses.operating(id), keeper::hear))
                    .ready()
                    .await();
        }

        private <T> T on(Callable<T> action) {
            return Future.<T>future(promise -> context.runOnContext(go -> {
                        try {
                            promise.complete(action.call());
                        } catch (Exception e) {
                            promise.fail(e);
                        }
                    }))
                    .await();
        }

        void read() {
            on(keeper::read).await();
        }

        List<String> lines() {
            return on(() -> keeper.book().lines());
        }

        List<String> written() {
            try {
                return file.read();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void shouldTellAllWhatAnOperatorHasWrittenForOne() throws IOException {
        var one = new One("one");
        var other = new One("other");
        one.file.append(List.of(REVOKED));

        one.read();

        Waiting.until(() -> other.written().equals(List.of(REVOKED.line())), "the other to have written it");
        assertThat(other.lines()).isEqualTo(one.lines()).containsExactly(REVOKED.line());
        assertThat(other.on(() -> other.changes)).isEqualTo(1);
    }

    @Test
    void shouldTellANewcomerAllThatItMissed() {
        var one = new One("one");
        List<HostEntry> uses = IntStream.range(0, 1_200)
                .mapToObj(i -> new HostEntry(NOON, Verb.USED, "uaq4y7uyx26o", "token" + i))
                .toList();
        one.on(() -> {
            one.keeper.note(uses);
            return 0;
        });
        var newcomer = new One("newcomer");
        assertThat(newcomer.lines()).isEmpty();

        newcomer.on(() -> {
            newcomer.keeper.compare();
            return 0;
        });

        Waiting.until(
                () -> newcomer.written().size() == 1_200 && one.written().size() == 1_200, "both to have written it");
        assertThat(newcomer.lines()).isEqualTo(one.lines());
    }

    @Test
    void shouldPassOverLinesThatItCannotReadAndGoOn() throws IOException {
        var one = new One("one");
        Files.writeString(one.file.path(), "nonsense\n" + REVOKED.line() + "\nnonsense\n");

        one.read();

        assertThat(one.lines()).containsExactly(REVOKED.line());
    }

    @Test
    void shouldRememberWhatItCannotWrite() {
        var one = new One("one", folder);
        var other = new One("other");

        one.on(() -> {
            one.keeper.note(List.of(REVOKED));
            return 0;
        });
        one.read();

        assertThat(one.lines()).containsExactly(REVOKED.line());
        Waiting.until(() -> other.written().equals(List.of(REVOKED.line())), "the other to have written it");
    }
}
