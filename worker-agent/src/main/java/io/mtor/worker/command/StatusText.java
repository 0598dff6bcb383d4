// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.command;

import io.mtor.worker.Greeting;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What an agent has told, for a terminal. */
final class StatusText {

    private StatusText() {}

    private static List<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast).toList();
    }

    /** All of it. */
    static String all(JsonObject status, String page) {
        var text = new StringBuilder();
        text.append("host     ").append(status.getString("host")).append('\n');
        text.append(realm(status.getJsonObject("realm")));
        text.append(availability(status.getJsonObject("availability")));
        JsonObject today = status.getJsonObject("today");
        objects(today.getJsonArray("types"))
                .forEach(type -> text.append(String.format(
                        Locale.ROOT,
                        "%-8s %d now, today %d done, %d stopped, %d failed%n",
                        type.getString("query_type"),
                        type.getInteger("running"),
                        type.getInteger("done"),
                        type.getInteger("stopped"),
                        type.getInteger("failed"))));
        objects(today.getJsonArray("failures"))
                .forEach(failure -> text.append(String.format(
                        Locale.ROOT,
                        "failed   %s at %s: %s, %d times, last %s%n",
                        failure.getString("query_type"),
                        failure.getString("worker"),
                        failure.getString("cause").toLowerCase(Locale.ROOT).replace('_', ' '),
                        failure.getInteger("count"),
                        failure.getString("last"))));
        Double wattHours = today.getDouble("watt_hours");
        if (wattHours != null) {
            text.append(String.format(Locale.ROOT, "energy   %.1f Wh today%n", wattHours));
        }
        objects(status.getJsonArray("workers")).forEach(worker -> text.append(worker(worker)));
        return text.append("yours    ").append(page).append('\n').toString();
    }

    private static String realm(JsonObject realm) {
        boolean joined = realm.getBoolean("joined");
        return "realm    " + realm.getString("where") + (joined ? "" : ", not reached; tried again by itself") + "\n";
    }

    static String availability(JsonObject availability) {
        if (availability.getBoolean("open")) {
            return "open     takes work\n";
        }
        return objects(availability.getJsonArray("reasons")).stream()
                .map(reason ->
                        "paused   " + reason.getString("text") + Greeting.until(reason.getInstant("until")) + "\n")
                .collect(Collectors.joining());
    }

    private static String worker(JsonObject worker) {
        String serves = objects(worker.getJsonArray("serves")).stream()
                .map(offer -> (offer.getString("query_type") + " "
                                + offer.getJsonArray("models").stream()
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(", ")))
                        .strip())
                .collect(Collectors.joining(" · "));
        String offers = "offers   " + worker.getString("name") + ": " + (serves.isEmpty() ? "nothing" : serves) + "\n";
        return objects(worker.getJsonArray("speeds", new JsonArray())).stream()
                .map(speed -> speed(worker.getString("name"), speed))
                .collect(Collectors.joining("", offers, ""));
    }

    private static String speed(String worker, JsonObject speed) {
        String model = speed.getString("model");
        Double tokens = speed.getDouble("tokens_per_second");
        return String.format(
                Locale.ROOT,
                "measured %s: %s%s, first %d ms, whole %d ms%s%n",
                worker,
                speed.getString("query_type"),
                model == null ? "" : " " + model,
                speed.getLong("first_ms"),
                speed.getLong("whole_ms"),
                tokens == null ? "" : String.format(Locale.ROOT, ", %.1f tokens/s", tokens));
    }

    /** Why the agent that runs gets work or none. */
    static String why(JsonObject status) {
        JsonObject availability = status.getJsonObject("availability");
        boolean joined = status.getJsonObject("realm").getBoolean("joined");
        int begun = objects(status.getJsonObject("today").getJsonArray("types")).stream()
                .mapToInt(type -> type.getInteger("running")
                        + type.getInteger("done")
                        + type.getInteger("stopped")
                        + type.getInteger("failed"))
                .sum();
        String why;
        if (!joined) {
            why = "no work, because its realm is not reached: "
                    + status.getJsonObject("realm").getString("where");
        } else if (!availability.getBoolean("open")) {
            why = "no work, because it is paused:\n"
                    + availability(availability).stripTrailing();
        } else if (status.getJsonArray("workers").isEmpty()) {
            why = "no work, because it offers nothing";
        } else if (begun == 0) {
            why = "no work yet today: nobody has asked for what it offers, or other hosts were free";
        } else {
            why = begun + " intents today";
        }
        return "running  " + why + "\n";
    }
}
