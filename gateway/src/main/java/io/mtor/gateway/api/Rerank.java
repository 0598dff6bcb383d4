// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.api;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** {@code POST /v1/rerank}: how well each of many texts fits a question, in the shape of Jina's and Cohere's clients. */
public final class Rerank implements Handler<RoutingContext> {

    private final IntentDesk desk;

    public Rerank(IntentDesk desk) {
        this.desk = desk;
    }

    @Override
    public void handle(RoutingContext request) {
        Opening.read(request, json -> {
            RerankRequest asked = RerankRequest.read(json);
            var answer = new WholeAnswer(request.response(), new RerankAnswer(asked));
            Opening.open(desk, request, answer, asked.work(), asked.media(), asked.user());
        });
    }
}
