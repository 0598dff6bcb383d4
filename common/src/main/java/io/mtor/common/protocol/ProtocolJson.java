// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

/**
 * The protocol's JSON: snake_case, flat, told apart by {@code type}.
 *
 * <p>What clients send is read strictly: known types, exact field types, no duplicate keys, bounded depth, lengths and
 * counts. Unknown fields are ignored, so that newer clients can speak to older gateways.
 */
public final class ProtocolJson {

    private static final int MAX_DEPTH = 16;

    /** The one mapper; for JSON that is not a message use it too. */
    public static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(16 << 20)
                            .maxNameLength(256)
                            .maxNumberLength(40)
                            .maxTokenCount(200_000)
                            .build())
                    .build())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final ClientMessageReader reader;

    private final Limits limits;

    /** @param limits what a client may send */
    public ProtocolJson(Limits limits) {
        this.limits = limits;
        this.reader = new ClientMessageReader(limits);
    }

    /**
     * Reads what a client sent.
     *
     * @throws ProtocolException with a text for the client that names the field
     */
    public ClientMessage decodeClient(String frame) throws ProtocolException {
        if (frame.length() > limits.maxMessageBytes()) {
            throw new ProtocolException(
                    ErrorCode.TOO_LARGE, "a message may have " + limits.maxMessageBytes() + " bytes", null);
        }
        JsonNode json = parse(frame);
        try {
            return reader.read(json);
        } catch (JsonFields.TooLarge e) {
            throw new ProtocolException(ErrorCode.TOO_LARGE, text(e), guidOf(json));
        } catch (IllegalArgumentException e) {
            throw new ProtocolException(ErrorCode.BAD_REQUEST, text(e), guidOf(json));
        }
    }

    private static JsonNode parse(String frame) throws ProtocolException {
        try {
            JsonNode json = MAPPER.readTree(frame);
            if (json == null || json.isMissingNode()) {
                throw new ProtocolException(ErrorCode.BAD_REQUEST, "the message is empty", null);
            }
            return json;
        } catch (StreamConstraintsException e) {
            throw new ProtocolException(ErrorCode.TOO_LARGE, "the JSON is too deep, too long or too many", null);
        } catch (MismatchedInputException e) {
            throw new ProtocolException(ErrorCode.BAD_REQUEST, "not JSON: something follows the message", null);
        } catch (JsonProcessingException e) {
            throw new ProtocolException(ErrorCode.BAD_REQUEST, "not JSON: " + e.getOriginalMessage(), null);
        }
    }

    /** The guid, where it can be read, so that the client knows which of its messages was wrong. */
    private static @Nullable IntentId guidOf(JsonNode json) {
        JsonNode guid = json.get("guid");
        try {
            return guid != null && guid.isTextual() ? new IntentId(guid.textValue()) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String text(IllegalArgumentException e) {
        String message = e.getMessage();
        return message == null ? "bad request" : message;
    }

    /** Reads what a gateway sent: for clients. */
    public static ServerMessage decodeServer(String frame) {
        try {
            return MAPPER.readValue(frame, ServerMessage.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a message of a gateway", e);
        }
    }

    public static String encode(ServerMessage message) {
        return write(message);
    }

    public static String encode(ClientMessage message) {
        return write(message);
    }

    private static String write(Object message) {
        try {
            return MAPPER.writeValueAsString(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a message could not be written", e);
        }
    }
}
