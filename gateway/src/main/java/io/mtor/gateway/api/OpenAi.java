// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.ProtocolJson;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** What all endpoints of the OpenAI-shaped face have in common: errors, and who may call from a browser. */
public final class OpenAi {

    private OpenAi() {}

    static ObjectNode object() {
        return ProtocolJson.MAPPER.createObjectNode();
    }

    static void json(HttpServerResponse response, JsonNode body) {
        response.putHeader("Content-Type", "application/json").end(body.toString());
    }

    /** The error body that OpenAI's clients read. */
    static ObjectNode errorBody(ErrorCode code, String message) {
        ObjectNode body = object();
        body.putObject("error")
                .put("message", message)
                .put("type", code.httpStatus() < 500 ? "invalid_request_error" : "server_error")
                .putNull("param")
                .put("code", code.code());
        return body;
    }

    static void error(HttpServerResponse response, ErrorCode code, String message, @Nullable Long retryAfterMillis) {
        if (retryAfterMillis != null) {
            response.putHeader("Retry-After", String.valueOf(Math.ceilDiv(retryAfterMillis, 1_000)));
        }
        json(response.setStatusCode(code.httpStatus()), errorBody(code, message));
    }

    /** Browsers' own clients may call from any page: there is no cookie that such a page could use. */
    public static void allowOrigins(RoutingContext request) {
        request.response()
                .putHeader("Access-Control-Allow-Origin", "*")
                .putHeader("Access-Control-Expose-Headers", "x-request-id, retry-after");
        if (!request.request().method().equals(HttpMethod.OPTIONS)) {
            request.next();
            return;
        }
        String asked = request.request().getHeader("Access-Control-Request-Headers");
        request.response()
                .putHeader("Access-Control-Allow-Methods", "GET, POST, OPTIONS")
                .putHeader("Access-Control-Allow-Headers", asked == null ? "authorization, content-type" : asked)
                .putHeader("Access-Control-Max-Age", "600")
                .setStatusCode(204)
                .end();
    }

    /** A request that failed before it became an intent, such as one over the size limit. */
    public static void fail(RoutingContext request) {
        if (request.response().ended()) {
            return;
        }
        if (request.statusCode() == ErrorCode.TOO_LARGE.httpStatus()) {
            error(request.response(), ErrorCode.TOO_LARGE, "the request is too large", null);
        } else {
            error(request.response(), ErrorCode.INTERNAL, "the request could not be handled", null);
        }
    }

    public static void unknown(RoutingContext request) {
        ObjectNode body = errorBody(
                ErrorCode.BAD_REQUEST,
                request.request().method() + " " + request.normalizedPath()
                        + " is not served here; there are POST /v1/chat/completions, POST /v1/embeddings,"
                        + " POST /v1/rerank and GET /v1/models");
        json(request.response().setStatusCode(404), body);
    }
}
