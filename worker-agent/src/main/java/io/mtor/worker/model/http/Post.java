// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mtor.common.protocol.Bytes;

/**
 * What is sent to a model server.
 *
 * @param contentType of the body, such as {@code application/json}
 */
public record Post(String path, String contentType, Bytes body) {

    /** A body of JSON. */
    public static Post json(String path, ObjectNode json) {
        try {
            return new Post(path, "application/json", Bytes.of(Messages.MAPPER.writeValueAsBytes(json)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("JSON could not be written", e);
        }
    }
}
