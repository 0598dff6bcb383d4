// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.world;

import io.mtor.common.bus.DispatcherBound;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.WorkerBound;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.ServerMessage;
import java.util.List;
import java.util.stream.Stream;

/** Messages in a few words, for a trace that a person reads. */
final class Told {

    private Told() {}

    static String of(GatewayBound message) {
        return switch (message) {
            case GatewayBound.Waiting m -> "waiting at " + m.position() + attempt(m.attempt());
            case GatewayBound.Rejected m -> "rejected: " + m.code().code() + ", " + m.message() + attempt(m.attempt());
            case GatewayBound.Accepted m -> "accepted" + attempt(m.attempt());
            case GatewayBound.Text m -> "piece " + m.seq() + " \"" + m.text() + '"' + attempt(m.attempt());
            case GatewayBound.MediaPart m ->
                "piece " + m.seq() + ", medium from " + m.offset() + (m.last() ? ", last" : "") + attempt(m.attempt());
            case GatewayBound.Progress m -> "piece " + m.seq() + ", progress" + attempt(m.attempt());
            case GatewayBound.Completed m -> "completed with " + m.pieces() + " pieces" + attempt(m.attempt());
            case GatewayBound.Failed m -> "failed: " + m.cause() + ", " + m.message() + attempt(m.attempt());
            case GatewayBound.Alive m ->
                "alive with " + m.pieces() + " pieces" + (m.ended() ? ", ended" : "") + attempt(m.attempt());
            case GatewayBound.UnknownIntent m -> "unknown intent";
            case GatewayBound.Moved m -> "moved";
        };
    }

    static String of(DispatcherBound message) {
        return switch (message) {
            case DispatcherBound.Place m ->
                "place" + attempt(m.attempt()) + (m.excluded().isEmpty() ? "" : ", without " + m.excluded());
            case DispatcherBound.Withdraw m -> "withdraw";
            case DispatcherBound.WorkerReport m ->
                "report: accepted " + m.accepted().size() + ", ended "
                        + m.ended().size() + ", in flight " + m.load().inFlight() + " of "
                        + m.load().slots();
            case DispatcherBound.Refused m -> "refused: " + m.reason() + attempt(m.attempt());
        };
    }

    static List<IntentKey> about(DispatcherBound message) {
        return switch (message) {
            case DispatcherBound.Place m -> List.of(m.intent().key());
            case DispatcherBound.Withdraw m -> List.of(m.key());
            case DispatcherBound.WorkerReport m ->
                Stream.concat(m.accepted().stream(), m.ended().stream().map(DispatcherBound.Ended::key))
                        .distinct()
                        .toList();
            case DispatcherBound.Refused m -> List.of(m.key());
        };
    }

    static String of(WorkerBound message) {
        return switch (message) {
            case WorkerBound.Assign m -> "assign" + attempt(m.attempt()) + ", " + m.ttlMillis() + " ms left";
            case WorkerBound.Cancel m -> "cancel" + attempt(m.attempt());
            case WorkerBound.Resume m -> "resume after " + m.afterSeq();
            case WorkerBound.Probe m -> "probe";
            case WorkerBound.Credit m -> "credit to " + m.seq() + attempt(m.attempt());
            case WorkerBound.Drain m -> m.on() ? "drain" : "take work again";
            case WorkerBound.Ping m -> "ping";
        };
    }

    static List<IntentKey> about(WorkerBound message) {
        return switch (message) {
            case WorkerBound.Assign m -> List.of(m.intent().key());
            case WorkerBound.Cancel m -> List.of(m.key());
            case WorkerBound.Resume m -> List.of(m.key());
            case WorkerBound.Probe m -> List.of(m.key());
            case WorkerBound.Credit m -> List.of(m.key());
            case WorkerBound.Drain m -> List.of();
            case WorkerBound.Ping m -> List.of();
        };
    }

    static String of(ServerMessage message) {
        return switch (message) {
            case ServerMessage.Accepted m -> "accepted by " + m.workerId() + attempt(m.attempt());
            case ServerMessage.Chunk m -> "chunk " + m.seq() + " \"" + (m.text() == null ? "a medium" : m.text()) + '"';
            case ServerMessage.Restart m -> "restart: " + m.reason() + attempt(m.attempt());
            case ServerMessage.Result m -> "RESULT of " + m.workerId();
            case ServerMessage.Failure m -> "ERROR " + m.code().code() + ": " + m.message();
            case ServerMessage.Queued m -> m.position() == null ? "queued" : "queued at " + m.position();
            case ServerMessage.Progress m -> "progress " + m.seq();
            case ServerMessage.Ack m -> "ack";
            case ServerMessage.Welcome m -> "welcome";
            case ServerMessage.Realm m -> "realm";
            case ServerMessage.Operations m -> "operations";
            case ServerMessage.Notice m -> "notice";
            case ServerMessage.Ping m -> "ping";
            case ServerMessage.Pong m -> "pong";
        };
    }

    private static String attempt(int attempt) {
        return " (attempt " + attempt + ")";
    }
}
