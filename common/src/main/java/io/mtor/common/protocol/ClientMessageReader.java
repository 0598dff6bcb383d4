// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a client sends, field by field, with exact types and within the limits. */
final class ClientMessageReader {

    private static final int MAX_HAVE = 5_000;

    private static final long MAX_DEADLINE_MILLIS = 24L * 60 * 60 * 1000;

    private static final int MAX_PARAMETERS_CHARS = 16 * 1024;

    /** Far above any real one, and far enough below the largest int to count on from. */
    private static final int MAX_SEQ = 1_000_000_000;

    private static final int MAX_ATTEMPT = 1_000_000;

    private static final int MAX_NOTICE_CHARS = 500;

    private final Limits limits;

    ClientMessageReader(Limits limits) {
        this.limits = limits;
    }

    /** @throws IllegalArgumentException naming the field */
    ClientMessage read(JsonNode json) {
        var fields = new JsonFields(json, "");
        String type = fields.string("type", 64);
        return switch (type) {
            case "work" -> work(fields);
            case "cancel" ->
                new ClientMessage.Cancel(
                        fields.value("guid", IntentId::new),
                        toInteger(fields.optionalLong("heard_chars", 0, Integer.MAX_VALUE)));
            case "hello" -> hello(fields);
            case "watch" -> watch(fields);
            case "admin" -> admin(fields);
            case "ping" -> new ClientMessage.Ping(fields.string("guid", Ids.MAX_LENGTH));
            case "pong" -> new ClientMessage.Pong(fields.string("guid", Ids.MAX_LENGTH));
            default ->
                throw new IllegalArgumentException(
                        "type must be one of hello, work, cancel, watch, admin, ping, pong; it is " + shortened(type));
        };
    }

    private ClientMessage.Work work(JsonFields fields) {
        return new ClientMessage.Work(
                fields.value("guid", IntentId::new),
                fields.value("query_type", QueryType::new),
                fields.string("query_text", limits.maxTextChars()),
                fields.optionalValue("user_id", UserId::new),
                fields.optionalString("model", 256),
                fields.optionalList("conversation", limits.maxConversationTurns(), this::turn),
                fields.optionalList("media", limits.maxMediaCount(), this::media),
                parameters(fields.optionalObject("parameters")),
                fields.optionalBoolean("stream"),
                fields.optionalChoice("priority", Priority.values()),
                fields.optionalLong("deadline_ms", 1, MAX_DEADLINE_MILLIS),
                fields.optionalChoice("privacy", Privacy.values()),
                fields.optionalBoolean("detach"),
                fields.optionalString("traceparent", 128));
    }

    private Turn turn(JsonFields fields) {
        String role = fields.string("role", 16);
        String content = fields.string("content", limits.maxTextChars());
        return fields.checked(() -> new Turn(role, content));
    }

    private Media media(JsonFields fields) {
        String type = fields.string("media_type", 100);
        String base64 = fields.optionalString("data", limits.maxMessageBytes());
        Long stream = fields.optionalLong("stream", 1, 255);
        Bytes data = base64 == null ? null : decoded(base64, fields.path("data"));
        return fields.checked(() -> new Media(type, data, toInteger(stream)));
    }

    private static Bytes decoded(String base64, String path) {
        try {
            return Bytes.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(path + " must be base64", e);
        }
    }

    private static @Nullable Parameters parameters(@Nullable JsonNode object) {
        if (object == null) {
            return null;
        }
        if (!isFinite(object)) {
            throw new IllegalArgumentException("parameters has a number that is out of range");
        }
        String json = object.toString();
        if (json.length() > MAX_PARAMETERS_CHARS) {
            throw new JsonFields.TooLarge("parameters are longer than " + MAX_PARAMETERS_CHARS + " characters");
        }
        return new Parameters(json);
    }

    /** False for a number such as 1e999, which would be handed on as another one. */
    private static boolean isFinite(JsonNode json) {
        if (json.isFloatingPointNumber()) {
            return Double.isFinite(json.doubleValue());
        }
        for (JsonNode each : json) {
            if (!isFinite(each)) {
                return false;
            }
        }
        return true;
    }

    private ClientMessage.Hello hello(JsonFields fields) {
        JsonNode have = fields.optionalObject("have");
        Map<IntentId, ClientMessage.Seen> seen = new HashMap<>();
        if (have != null) {
            if (have.size() > MAX_HAVE) {
                throw new JsonFields.TooLarge("have has more than " + MAX_HAVE + " entries");
            }
            have.properties().forEach(entry -> seen.put(guid(entry.getKey()), seen(entry.getKey(), entry.getValue())));
        }
        return new ClientMessage.Hello(
                fields.optionalString("client", 100),
                fields.optionalString("token", 4096),
                fields.optionalValue("user_id", UserId::new),
                seen);
    }

    private static IntentId guid(String key) {
        try {
            return new IntentId(key);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("have." + shortened(key) + ": " + e.getMessage(), e);
        }
    }

    private static ClientMessage.Seen seen(String key, JsonNode value) {
        var fields = new JsonFields(value, "have." + key);
        return new ClientMessage.Seen(
                fields.integer("seq", -1, MAX_SEQ),
                fields.value("worker_id", WorkerId::new),
                toInteger(fields.optionalLong("attempt", 1, MAX_ATTEMPT)));
    }

    private static ClientMessage.Watch watch(JsonFields fields) {
        String topic = fields.string("topic", 64);
        if (!topic.equals(ClientMessage.Watch.REALM) && !topic.equals(ClientMessage.Watch.ADMIN)) {
            throw new IllegalArgumentException("topic must be realm or admin");
        }
        Boolean on = fields.optionalBoolean("on");
        return new ClientMessage.Watch(topic, on == null || on);
    }

    private static ClientMessage.Admin admin(JsonFields fields) {
        var action = fields.optionalChoice("action", ClientMessage.Action.values());
        if (action == null) {
            throw new IllegalArgumentException("action is missing");
        }
        WorkerId worker = fields.optionalValue("worker_id", WorkerId::new);
        return new ClientMessage.Admin(action, worker, notice(fields), fields.optionalString("host", 64));
    }

    /** What people will read on every page: some visible text on one line. */
    private static @Nullable String notice(JsonFields fields) {
        String message = fields.optionalString("message", MAX_NOTICE_CHARS);
        if (message == null) {
            return null;
        }
        String plain = message.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]+", " ")
                .strip();
        if (plain.isEmpty()) {
            throw new IllegalArgumentException("message must not be empty");
        }
        return plain;
    }

    private static @Nullable Integer toInteger(@Nullable Long value) {
        return value == null ? null : value.intValue();
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
