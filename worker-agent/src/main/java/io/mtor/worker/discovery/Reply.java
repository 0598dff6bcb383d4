// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.discovery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * What came back from one {@code GET}.
 *
 * @param status 0 if nothing came
 * @param server the {@code Server} header, empty without one
 * @param type the {@code Content-Type} header, empty without one
 * @param json the body if it is JSON, else a missing node
 */
public record Reply(int status, String server, String type, String text, JsonNode json) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    public static final Reply NONE = new Reply(0, "", "", "", MissingNode.getInstance());

    public static Reply of(int status, String server, String type, String text) {
        return new Reply(status, server, type, text, parse(text));
    }

    private static JsonNode parse(String text) {
        try {
            JsonNode json = MAPPER.readTree(text);
            return json == null ? MissingNode.getInstance() : json;
        } catch (JsonProcessingException notJson) {
            return MissingNode.getInstance();
        }
    }

    boolean isOk() {
        return status == 200;
    }

    boolean wantsKey() {
        return status == 401 || status == 403;
    }
}
