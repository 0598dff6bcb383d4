// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.api;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** {@code POST /v1/embeddings}: vectors from one text or many. */
public final class Embeddings implements Handler<RoutingContext> {

    private final IntentDesk desk;

    public Embeddings(IntentDesk desk) {
        this.desk = desk;
    }

    @Override
    public void handle(RoutingContext request) {
        Opening.read(request, json -> {
            EmbeddingsRequest asked = EmbeddingsRequest.read(json);
            var answer = new WholeAnswer(request.response(), new EmbeddingsAnswer(asked));
            Opening.open(desk, request, answer, asked.work(), asked.media(), asked.user());
        });
    }
}
