// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Watches how many WebSockets a gateway takes and turns away, by its metrics, as often as it can. */
public final class Handshakes implements AutoCloseable {

    private static final long PAUSE_NANOS = 20_000_000;
    private static final long SECOND = 1_000_000_000;
    private static final Pattern COUNTED =
            Pattern.compile("mtor_gateway_handshakes_total\\{outcome=\"(accepted|refused)\"} ([0-9.E]+)");

    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpRequest request;
    private final List<Sample> samples = new CopyOnWriteArrayList<>();
    private final Thread watcher;
    private volatile boolean closed;

    /** What was counted at some instant between two others, in nanoseconds. */
    private record Sample(long notBefore, long notAfter, int accepted, int refused) {}

    private Handshakes(URI gateway) {
        request = HttpRequest.newBuilder(gateway.resolve("/metrics"))
                .timeout(Duration.ofSeconds(20))
                .build();
        samples.add(sample());
        watcher = Thread.ofVirtual().start(() -> {
            while (!closed) {
                samples.add(sample());
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        });
    }

    public static Handshakes watch(URI gateway) {
        return new Handshakes(gateway);
    }

    private Sample sample() {
        try {
            long before = System.nanoTime();
            String page =
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            long after = System.nanoTime();
            int accepted = 0;
            int refused = 0;
            for (Matcher found = COUNTED.matcher(page); found.find(); ) {
                int count = (int) Double.parseDouble(found.group(2));
                accepted = found.group(1).equals("accepted") ? count : accepted;
                refused = found.group(1).equals("refused") ? count : refused;
            }
            return new Sample(before, after, accepted, refused);
        } catch (IOException e) {
            throw new AssertionError("no metrics", e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private Sample first() {
        return samples.get(0);
    }

    private Sample last() {
        return samples.get(samples.size() - 1);
    }

    /** How many it has taken since the watch began. */
    public int accepted() {
        return last().accepted() - first().accepted();
    }

    /** How many it has turned away since the watch began. */
    public int refused() {
        return last().refused() - first().refused();
    }

    /** The most it took between two samples that lie within one second, whenever in their spans they were taken. */
    public int peakPerSecond() {
        List<Sample> all = List.copyOf(samples);
        int peak = 0;
        int from = 0;
        for (Sample to : all) {
            while (to.notAfter() - all.get(from).notBefore() > SECOND
                    && !all.get(from).equals(to)) {
                from++;
            }
            peak = Math.max(peak, to.accepted() - all.get(from).accepted());
        }
        return peak;
    }

    /** Ends the watch, with a last sample. */
    @Override
    public void close() {
        closed = true;
        try {
            watcher.join();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
        samples.add(sample());
    }
}
