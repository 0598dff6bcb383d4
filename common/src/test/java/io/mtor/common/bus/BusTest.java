// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.bus;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.UserId;
import io.mtor.common.protocol.WorkerId;
import io.vertx.core.Vertx;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class BusTest {

    private static final GatewayId GATEWAY = new GatewayId("g");

    private static final IntentKey KEY = new IntentKey(new UserId("ada"), IntentId.random());

    private final Vertx vertx = Vertx.vertx();

    private final BlockingQueue<BusMessage> heard = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void shouldHandOverTheMessageItself() throws InterruptedException {
        Bus bus = Bus.of(vertx);
        var message = new GatewayBound.Moved(KEY, new WorkerId("w"));
        bus.listen(Addresses.gateway(GATEWAY), heard::add).ready().await();

        Bus.of(vertx).send(Addresses.gateway(GATEWAY), message);

        assertThat(heard.poll(5, TimeUnit.SECONDS)).isSameAs(message);
    }

    @Test
    void shouldPublishToAllAndStopListening() throws InterruptedException {
        Bus bus = Bus.of(vertx);
        BlockingQueue<BusMessage> other = new LinkedBlockingQueue<>();
        bus.listen(Addresses.ROLLCALL, heard::add).ready().await();
        Bus.Listening second = bus.listen(Addresses.ROLLCALL, other::add);
        second.ready().await();

        bus.publish(Addresses.ROLLCALL, new Announcement.Rollcall("first"));
        assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo(new Announcement.Rollcall("first"));
        assertThat(other.poll(5, TimeUnit.SECONDS)).isEqualTo(new Announcement.Rollcall("first"));

        second.stop().await();
        bus.publish(Addresses.ROLLCALL, new Announcement.Rollcall("second"));
        assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo(new Announcement.Rollcall("second"));
        assertThat(other).isEmpty();
    }

    @Test
    void shouldDropWhatItCannotReadAndSayItOnce() throws InterruptedException {
        // Given
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        ((Logger) LoggerFactory.getLogger(Bus.class)).addAppender(log);
        Bus bus = Bus.of(vertx);
        BlockingQueue<Throwable> thrown = new LinkedBlockingQueue<>();
        vertx.exceptionHandler(thrown::add);
        bus.listen(Addresses.gateway(GATEWAY), heard::add).ready().await();

        // When strangers speak on the address, and then somebody we know
        for (int i = 0; i < 100; i++) {
            vertx.eventBus().send(Addresses.gateway(GATEWAY).value(), "what is this?");
        }
        var message = new GatewayBound.Moved(KEY, new WorkerId("w"));
        bus.send(Addresses.gateway(GATEWAY), message);

        // Then
        assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo(message);
        assertThat(thrown).isEmpty();
        assertThat(log.list.stream().filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN)))
                .singleElement()
                .satisfies(
                        event -> assertThat(event.getKeyValuePairs().toString()).contains("mtor.gateway.g"));
    }
}
