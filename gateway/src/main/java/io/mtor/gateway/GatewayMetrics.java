// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.QueryType;
import io.mtor.gateway.session.OpenIntents;
import io.mtor.gateway.session.SessionObserver;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway counts. Labels are query types and codes only, never a guid, a user or a worker.
 *
 * <p>An open set of query types must not become an open set of series: the first {@value #MAX_TYPES} have their own, the
 * others share one.
 */
final class GatewayMetrics implements SessionObserver {

    private static final int MAX_TYPES = 50;

    private static final Duration[] DISPATCH_BUCKETS = {
        Duration.ofNanos(10_000), Duration.ofNanos(50_000), Duration.ofNanos(100_000), Duration.ofNanos(250_000),
        Duration.ofNanos(500_000), Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(25)
    };

    private static final Duration[] WORK_BUCKETS = {
        Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(25), Duration.ofMillis(100),
        Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(30),
        Duration.ofMinutes(2), Duration.ofMinutes(10)
    };

    private final MeterRegistry registry;
    private final Map<QueryType, OfType> types = new HashMap<>();
    private final Counter dropped;
    private final Counter forged;

    /** The meters of one query type, so that none is looked up on the path of an intent. */
    private final class OfType {
        private final Timer dispatch;
        private final Timer queue;
        private final Timer firstPiece;
        private final Map<String, Timer> ended = new HashMap<>();
        private final String label;

        OfType(String label) {
            this.label = label;
            this.dispatch = timer("mtor.dispatch", "Choosing a worker, waiting not included", DISPATCH_BUCKETS);
            this.queue = timer("mtor.queue", "Waiting in the dispatcher's line", WORK_BUCKETS);
            this.firstPiece = timer("mtor.first.chunk", "From admission to the first piece", WORK_BUCKETS);
        }

        private Timer timer(String name, String description, Duration[] buckets) {
            return Timer.builder(name)
                    .description(description)
                    .tag("query_type", label)
                    .serviceLevelObjectives(buckets)
                    .register(registry);
        }

        Timer ended(String outcome) {
            return ended.computeIfAbsent(outcome, code -> Timer.builder("mtor.result")
                    .description("From admission to the terminal message")
                    .tag("query_type", label)
                    .tag("outcome", code)
                    .serviceLevelObjectives(WORK_BUCKETS)
                    .register(registry));
        }
    }

    GatewayMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.dropped = counter(
                registry, "mtor.answers.dropped", "Answers nobody waited for: late, repeated or from the wrong worker");
        this.forged =
                counter(registry, "mtor.answers.forged", "Answers of somebody who was not given the intent; not heard");
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    void watch(Collection<?> sockets, OpenIntents intents) {
        registry.gaugeCollectionSize("mtor.gateway.sessions", List.of(), sockets);
        registry.gauge("mtor.inflight", intents, OpenIntents::size);
        registry.gauge("mtor.retries.waiting", intents, OpenIntents::heldBack);
    }

    /** See {@link io.mtor.gateway.audit.Audits.Way#audited}. */
    void audited(String kind, String outcome) {
        Counter.builder("mtor.audits")
                .description("Answers of volunteers that were compared with others or known ones")
                .tag("kind", kind)
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }

    private OfType of(QueryType type) {
        OfType known = types.get(type);
        if (known != null) {
            return known;
        }
        return types.size() < MAX_TYPES
                ? types.computeIfAbsent(type, t -> new OfType(t.value()))
                : types.computeIfAbsent(OTHER, t -> new OfType(t.value()));
    }

    private static final QueryType OTHER = new QueryType("other");

    @Override
    public void accepted(QueryType type, long dispatchMicros, long queueMillis) {
        OfType meters = of(type);
        meters.dispatch.record(Duration.ofNanos(dispatchMicros * 1_000));
        meters.queue.record(Duration.ofMillis(queueMillis));
    }

    @Override
    public void firstPiece(QueryType type, long afterMillis) {
        of(type).firstPiece.record(Duration.ofMillis(afterMillis));
    }

    @Override
    public void ended(QueryType type, @Nullable ErrorCode code, long afterMillis) {
        of(type).ended(code == null ? "result" : code.code()).record(Duration.ofMillis(afterMillis));
    }

    @Override
    public void dispatchedAgain(String reason) {
        Counter.builder("mtor.reroutes")
                .description("Intents dispatched again")
                .tag("reason", reason)
                .register(registry)
                .increment();
    }

    @Override
    public void dropped() {
        dropped.increment();
    }

    @Override
    public void forged() {
        forged.increment();
    }
}
