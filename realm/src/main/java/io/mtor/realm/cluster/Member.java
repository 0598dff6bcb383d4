// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One process of a cluster.
 *
 * @param port where it answers {@code /readyz}: a gateway's own port, the admin port of the others
 * @param address where others can join the cluster through it, as host:port
 * @param log what it writes
 */
public record Member(Role role, Process process, int port, String address, Path log) {

    private static final long POLL_MILLIS = 50;

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    /** Where it answers: a gateway its users, the others their operator. */
    public URI uri() {
        return URI.create("http://" + address.substring(0, address.lastIndexOf(':')) + ":" + port);
    }

    /** Waits until it can do its job; false if it ended before, or the limit was reached. */
    public boolean awaitReady(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!isReady()) {
            if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS) || System.nanoTime() - end > 0) {
                return false;
            }
        }
        return true;
    }

    /** True if it says that it can do its job. */
    public boolean isReady() throws InterruptedException {
        var request = HttpRequest.newBuilder(uri().resolve("/readyz"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Waits until it has ended; ends it by force when the limit is reached. */
    public void awaitEnd(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
