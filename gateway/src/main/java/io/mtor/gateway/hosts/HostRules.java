// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.hosts;

import io.mtor.common.bus.Announcement;
import io.mtor.common.bus.Announcement.WorkerAnnouncement;
import io.mtor.common.bus.Announcement.WorkerLeft;
import io.mtor.common.bus.DispatcherBound;
import io.mtor.common.bus.DispatcherBound.Refused;
import io.mtor.common.bus.DispatcherBound.WorkerReport;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.MonitorBound;
import io.mtor.common.edge.EdgeMessage;
import io.mtor.common.edge.JoinToken;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.Speed;
import io.mtor.common.protocol.WorkerId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one host may say, and what becomes of it on the bus: it speaks for its own workers only, and is what its token
 * says, not what it says itself. Pure.
 */
final class HostRules {

    private static final int MAX_NAME_CHARS = 100;
    private static final int MAX_MODEL_CHARS = 256;
    private static final int MAX_MESSAGE_CHARS = 1_000;
    private static final int MAX_OFFERS = 64;
    private static final int MAX_MODELS = 1_000;
    private static final int MAX_SLOTS = 10_000;

    /** A message that such a host never sends. */
    static final class Forbidden extends Exception {

        private static final long serialVersionUID = 1L;

        Forbidden(String why) {
            super(why);
        }
    }

    private final String mark;
    private final JoinToken token;
    private final String node;
    private final int maxWorkers;
    private final Map<WorkerId, Long> workers = new HashMap<>();

    /**
     * Rules for one connection.
     *
     * @param mark what the names of its workers must hold, see {@link io.mtor.common.edge.HostKey}
     * @param node where its workers are said to be, so that they do not leave with this process
     */
    HostRules(String mark, JoinToken token, String node, int maxWorkers) {
        this.mark = mark;
        this.token = token;
        this.node = node;
        this.maxWorkers = maxWorkers;
    }

    /** Its workers and their incarnations, as it has announced them. */
    Map<WorkerId, Long> workers() {
        return workers;
    }

    /**
     * The message as it may go on.
     *
     * @throws Forbidden if it must not
     */
    EdgeMessage.FromHost judge(EdgeMessage.FromHost message) throws Forbidden {
        return switch (message) {
            case EdgeMessage.Said(WorkerAnnouncement said) -> announced(said);
            case EdgeMessage.Said(WorkerLeft left) -> {
                require(left.worker());
                workers.remove(left.worker());
                yield message;
            }
            case EdgeMessage.ToGateway(var to, GatewayBound.FromWorker said) -> {
                require(said.worker());
                if (said.capability() == null) {
                    throw new Forbidden("an answer shows no capability");
                }
                yield answered(to, said);
            }
            case EdgeMessage.ToDispatcher(var to, WorkerReport report) -> speaking(report.worker(), message);
            case EdgeMessage.ToDispatcher(var to, Refused refused) -> speaking(refused.worker(), message);
            case EdgeMessage.ToMonitor(var to, MonitorBound.Pong pong) -> speaking(pong.worker(), message);
            case EdgeMessage.Said(Announcement other) -> throw unexpected(other);
            case EdgeMessage.ToGateway(var to, GatewayBound other) -> throw unexpected(other);
            case EdgeMessage.ToDispatcher(var to, DispatcherBound other) -> throw unexpected(other);
            case EdgeMessage.Proof other -> throw unexpected(other);
        };
    }

    /** What a worker says beside its pieces of text and media, which {@link AnswerMeter} counts. */
    private static EdgeMessage.FromHost answered(GatewayId to, GatewayBound.FromWorker said) throws Forbidden {
        String model =
                switch (said) {
                    case GatewayBound.Accepted accepted -> accepted.model();
                    case GatewayBound.Completed done -> done.model();
                    default -> null;
                };
        if (model != null && model.length() > MAX_MODEL_CHARS) {
            throw new Forbidden("the name of a model may have " + MAX_MODEL_CHARS + " characters");
        }
        if (said instanceof GatewayBound.MediaPart part && !Media.isType(part.mediaType())) {
            throw new Forbidden("a media type must look like image/png");
        }
        return new EdgeMessage.ToGateway(to, said instanceof GatewayBound.Failed failed ? shortened(failed) : said);
    }

    private static GatewayBound.Failed shortened(GatewayBound.Failed failed) {
        String message = failed.message();
        return message.length() <= MAX_MESSAGE_CHARS
                ? failed
                : new GatewayBound.Failed(
                        failed.key(),
                        failed.attempt(),
                        failed.worker(),
                        failed.cause(),
                        message.substring(0, MAX_MESSAGE_CHARS) + "…",
                        failed.capability());
    }

    private static Forbidden unexpected(Object message) {
        return new Forbidden("a host does not send " + message.getClass().getSimpleName());
    }

    private EdgeMessage.FromHost speaking(WorkerId worker, EdgeMessage.FromHost message) throws Forbidden {
        require(worker);
        return message;
    }

    private void require(WorkerId worker) throws Forbidden {
        if (!workers.containsKey(worker)) {
            throw new Forbidden("the host has no worker " + worker);
        }
    }

    private EdgeMessage.FromHost announced(WorkerAnnouncement said) throws Forbidden {
        WorkerId id = said.worker();
        int end = id.value().indexOf('.');
        if (end < 0 || !id.value().substring(0, end).endsWith("-" + mark)) {
            throw new Forbidden("the key of the host does not belong to the name " + id);
        }
        if (!workers.containsKey(id) && workers.size() >= maxWorkers) {
            throw new Forbidden("a host may have " + maxWorkers + " workers here");
        }
        check(said);
        workers.put(id, said.incarnation());
        List<Offer> offers = said.serves().stream()
                .filter(offer ->
                        token.queryTypes().isEmpty() || token.queryTypes().contains(offer.queryType()))
                .toList();
        List<Speed> speeds = said.speeds();
        return new EdgeMessage.Said(new WorkerAnnouncement(
                id,
                node,
                said.incarnation(),
                said.name(),
                said.version(),
                offers,
                said.load(),
                said.synthetic(),
                token.trust(),
                speeds == null ? null : Speed.of(offers, speeds)));
    }

    private static void check(WorkerAnnouncement said) throws Forbidden {
        if (said.name().length() > MAX_NAME_CHARS || said.version().length() > MAX_NAME_CHARS) {
            throw new Forbidden("a name or a version may have " + MAX_NAME_CHARS + " characters");
        }
        if (said.load().slots() < 0
                || said.load().slots() > MAX_SLOTS
                || said.load().inFlight() < 0) {
            throw new Forbidden("a worker may have 0 to " + MAX_SLOTS + " slots");
        }
        List<Speed> speeds = said.speeds();
        if (speeds != null
                && (speeds.size() > Speed.MAX_TOLD || !speeds.stream().allMatch(Speed::plausible))) {
            throw new Forbidden("a worker may tell " + Speed.MAX_TOLD + " speeds, each plausible");
        }
        boolean few = said.serves().size() <= MAX_OFFERS
                && said.serves().stream().allMatch(offer -> offer.models().size() <= MAX_MODELS);
        boolean brief = said.serves().stream()
                .flatMap(offer -> offer.models().stream())
                .allMatch(model -> model.length() <= MAX_MODEL_CHARS);
        if (!few || !brief) {
            throw new Forbidden("a worker may offer " + MAX_OFFERS + " query types, each with " + MAX_MODELS
                    + " models of " + MAX_MODEL_CHARS + " characters");
        }
    }
}
