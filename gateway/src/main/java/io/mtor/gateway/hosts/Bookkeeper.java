// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.hosts;

import io.mtor.common.bus.Addresses;
import io.mtor.common.bus.Bus;
import io.mtor.common.bus.Operating;
import io.mtor.common.bus.Operating.HostBookLines;
import io.mtor.common.bus.Operating.HostBookSum;
import io.mtor.common.protocol.GatewayId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the {@link HostBook} of this gateway the same as the file, which people write as well, and the same as the books of
 * the other gateways: what is new is told to all, and who has missed it has another sum.
 *
 * <p>Lives on the gateway's event loop.
 */
final class Bookkeeper {

    private static final Logger LOGGER = LoggerFactory.getLogger(Bookkeeper.class);

    /** What is remembered of lines that nobody could read, so that each is named once. */
    private static final int MAX_COMPLAINTS = 100;

    private final Vertx vertx;
    private final Bus bus;
    private final GatewayId id;
    private final HostBookFile file;
    private final Runnable changed;
    private final HostBook book = new HostBook();
    private final Set<String> complaints = new HashSet<>();
    private boolean begun;

    /** @param changed to be called when the book says something new */
    Bookkeeper(Vertx vertx, Bus bus, GatewayId id, HostBookFile file, Runnable changed) {
        this.vertx = vertx;
        this.bus = bus;
        this.id = id;
        this.file = file;
        this.changed = changed;
    }

    HostBook book() {
        return book;
    }

    /** Reads the file; to be called every few seconds. A file that cannot be read is complained of in the log. */
    Future<Void> read() {
        return vertx.executeBlocking(file::read)
                .onFailure(e -> complain(String.valueOf(e.getMessage())))
                .otherwise(List.of())
                .map(this::add)
                .onSuccess(news -> {
                    begun = true;
                    tell(news);
                })
                .mapEmpty();
    }

    /** Says which book this gateway has; to be called every few seconds. */
    void compare() {
        bus.publish(Addresses.OPERATING, new HostBookSum(id, book.lines().hashCode()));
    }

    /** Takes what this gateway knows itself: it counts at once, and is written and told. */
    void note(List<HostEntry> entries) {
        List<HostEntry> news = add(entries.stream().map(HostEntry::line).toList());
        tell(news);
        write(news);
    }

    /** Takes what other gateways say of their books. */
    void hear(Operating message) {
        if (message instanceof HostBookLines(var lines)) {
            write(add(lines));
        } else if (message instanceof HostBookSum(var gateway, var sum)
                && !gateway.equals(id)
                && sum != book.lines().hashCode()) {
            inParts(book.lines(), part -> bus.send(Addresses.operating(gateway), part));
        }
    }

    /** What of it is new. */
    private List<HostEntry> add(List<String> lines) {
        List<HostEntry> news = new ArrayList<>();
        for (String line : lines) {
            try {
                HostEntry entry = HostEntry.parse(line);
                if (book.add(entry)) {
                    news.add(entry);
                }
            } catch (IllegalArgumentException e) {
                complain("a line of the book of hosts is passed over: " + e.getMessage() + ": " + line);
            }
        }
        if (!news.isEmpty()) {
            if (begun) {
                news.forEach(Bookkeeper::log);
            }
            changed.run();
        }
        return news;
    }

    private static void log(HostEntry entry) {
        LOGGER.atInfo()
                .addKeyValue("host", entry.mark())
                .addKeyValue("note", entry.note())
                .addKeyValue("at", entry.at())
                .log("host {}", entry.verb());
    }

    private void tell(List<HostEntry> news) {
        inParts(news.stream().map(HostEntry::line).toList(), part -> bus.publish(Addresses.OPERATING, part));
    }

    private static void inParts(List<String> lines, Consumer<HostBookLines> teller) {
        for (int from = 0; from < lines.size(); from += HostBookLines.MAX_LINES) {
            teller.accept(
                    new HostBookLines(lines.subList(from, Math.min(lines.size(), from + HostBookLines.MAX_LINES))));
        }
    }

    /** If that fails the realm knows it until all of its gateways have ended. */
    private void write(List<HostEntry> news) {
        if (!news.isEmpty()) {
            vertx.executeBlocking(() -> {
                        file.append(news);
                        return file;
                    })
                    .onFailure(e -> complain(String.valueOf(e.getMessage())));
        }
    }

    private void complain(String what) {
        if (complaints.size() < MAX_COMPLAINTS && complaints.add(what)) {
            LOGGER.warn("{}", what);
        }
    }
}
