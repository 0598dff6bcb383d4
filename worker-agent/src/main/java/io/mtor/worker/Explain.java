// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import io.mtor.common.protocol.Offer;
import io.mtor.worker.discovery.Place;
import io.mtor.worker.discovery.Prober;
import io.mtor.worker.discovery.Sight;
import io.mtor.worker.model.Serving;
import io.mtor.worker.model.http.Endpoint;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Looks at this host once and says what is there, what proved it, and what of it would be offered; joins nothing. */
public final class Explain {

    private static final String NOBODY = "nobody";

    /**
     * One line of what was found.
     *
     * @param offered true if work would come for it
     * @param what the model server or program
     * @param where its address or file
     * @param why what proved it and what it serves, or why it is not offered
     */
    public record Line(boolean offered, String what, String where, String why) {

        /** True for a place where nothing listens. */
        boolean isNobody() {
            return what.equals(NOBODY);
        }
    }

    private final Vertx vertx;

    private final WorkerAgentConfig config;

    private final Map<String, String> environment;

    public Explain(Vertx vertx, WorkerAgentConfig config, Map<String, String> environment) {
        this.vertx = vertx;
        this.config = config;
        this.environment = environment;
    }

    /** Everything that is looked at, in the order in which it is looked for. */
    public Future<List<Line>> lines() {
        WorkerAgentConfig.Discovery how = config.discovery();
        Prober prober = ModelServers.of(vertx, vertx.createHttpClient(), config).prober(how);
        List<Future<Line>> looks = Places.of(config, environment).stream()
                .map(place -> look(prober, place, 0))
                .toList();
        return Future.all(looks).map(all -> {
            List<Line> lines =
                    new ArrayList<>(looks.stream().map(Future::result).toList());
            Commands.installed(vertx, config, environment.getOrDefault("PATH", ""))
                    .forEach(found -> lines.add(new Line(true, found.name(), "program", offers(found.serving()))));
            if (config.worker().demo()) {
                lines.add(new Line(true, "demo", "built in", "yields to any real worker"));
            }
            return lines;
        });
    }

    private static Future<Line> look(Prober prober, Place place, int next) {
        Endpoint endpoint = place.addresses().get(next);
        return prober.look(place, endpoint).compose(sight -> {
            boolean nobody = sight instanceof Sight.Nobody;
            return nobody && next + 1 < place.addresses().size()
                    ? look(prober, place, next + 1)
                    : Future.succeededFuture(line(nobody ? place.name() : endpoint.toString(), sight));
        });
    }

    private static Line line(String where, Sight sight) {
        return switch (sight) {
            case Sight.Nobody nobody -> new Line(false, NOBODY, where, "nothing listens there");
            case Sight.Stranger stranger ->
                new Line(false, "unknown", where, "somebody listens who is no model server that is known");
            case Sight.Useless(var name, var evidence, var reason) ->
                new Line(false, name, where, "it " + reason + "; known by " + evidence);
            case Sight.Server server ->
                new Line(
                        true,
                        (server.kind().id() + " " + server.version()).strip(),
                        where,
                        offers(server.serving()) + "; known by " + server.evidence());
        };
    }

    /** Such as {@code chat llama3, qwen3 · vision gemma3, 1 slot}. */
    private static String offers(Serving serving) {
        String offers = serving.offers().stream().map(Explain::offer).collect(Collectors.joining(" · "));
        return offers
                + switch (serving.slots()) {
                    case 0 -> ", once it is done with the work of others";
                    case 1 -> ", 1 slot";
                    default -> ", " + serving.slots() + " slots";
                };
    }

    private static String offer(Offer offer) {
        return (offer.queryType() + " " + String.join(", ", offer.models())).strip();
    }

    /** For a terminal; columns as wide as they must be. */
    public static String table(List<Line> lines) {
        int what = width(lines.stream().map(Line::what).toList());
        int where = width(lines.stream().map(Line::where).toList());
        String format = "%-7s  %-" + what + "s  %-" + where + "s  %s%n";
        return lines.stream()
                .map(line -> format.formatted(line.offered ? "offered" : "-", line.what, line.where, line.why))
                .collect(Collectors.joining());
    }

    private static int width(List<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(1);
    }
}
