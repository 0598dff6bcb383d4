// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mtor.common.protocol.QueryType;
import io.mtor.gateway.realm.RealmView;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.TreeSet;

/**
 * {@code GET /v1/models}: the models that answer chat, embed texts or put them in order here, and {@code auto} for any of them.
 *
 * <p>{@code created} is always 0: the realm does not know when a model was made.
 */
public final class Models implements Handler<RoutingContext> {

    /** The name that leaves the choice to the realm. */
    static final String ANY = "auto";

    private final RealmView realm;

    public Models(RealmView realm) {
        this.realm = realm;
    }

    @Override
    public void handle(RoutingContext request) {
        ObjectNode body = OpenAi.object().put("object", "list");
        ArrayNode data = body.putArray("data");
        var models = new TreeSet<String>();
        for (QueryType type : List.of(QueryType.CHAT, QueryType.VISION, QueryType.EMBED, QueryType.RERANK)) {
            models.addAll(realm.models(type));
        }
        add(data, ANY);
        models.forEach(model -> add(data, model));
        OpenAi.json(request.response(), body);
    }

    private static void add(ArrayNode data, String id) {
        data.addObject().put("id", id).put("object", "model").put("created", 0).put("owned_by", "mtor");
    }
}
