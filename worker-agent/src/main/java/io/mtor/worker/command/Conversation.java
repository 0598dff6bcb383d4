// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.command;

import io.mtor.worker.control.ControlConfig;
import io.mtor.worker.control.Reach;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** With the agent that runs on this machine. */
final class Conversation {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int OK = 200;

    private final Reach reach;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    private Conversation(Reach reach) {
        this.reach = reach;
    }

    /** Nothing if no agent has left word of itself; why not is said on standard error if there is more to it. */
    static Optional<Conversation> with(ControlConfig config) {
        try {
            return Reach.read(config.reach()).map(Conversation::new);
        } catch (IOException e) {
            System.err.println("cannot read " + config.reach() + ": " + e);
            return Optional.empty();
        }
    }

    Reach reach() {
        return reach;
    }

    /** Nothing if nobody answers. */
    Optional<JsonObject> get(String path) {
        return ask(HttpRequest.newBuilder(URI.create(reach.url() + path)).GET());
    }

    Optional<JsonObject> post(String path, String body) {
        return ask(HttpRequest.newBuilder(URI.create(reach.url() + path))
                .header("Authorization", "Bearer " + reach.token())
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private Optional<JsonObject> ask(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
            var answer = new JsonObject(response.body());
            if (response.statusCode() != OK) {
                System.err.println(reach + " says: " + answer.getString("error"));
                return Optional.empty();
            }
            return Optional.of(answer);
        } catch (IOException | DecodeException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
