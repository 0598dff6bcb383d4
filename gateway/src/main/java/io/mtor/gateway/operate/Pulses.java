// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.operate;

import io.mtor.common.bus.Operating;
import io.mtor.common.bus.Operating.DispatcherPulse;
import io.mtor.common.bus.Operating.GatewayPulse;
import io.mtor.common.bus.Operating.Line;
import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.ServerMessage.DispatcherState;
import io.mtor.common.protocol.ServerMessage.GatewayState;
import io.mtor.common.protocol.ServerMessage.HostState;
import io.mtor.common.protocol.ServerMessage.LineState;
import io.mtor.common.protocol.ServerMessage.Operations;
import io.mtor.common.protocol.ServerMessage.Standing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How dispatchers and gateways say that they are doing, while an operator watches: the last two answers of each, since it
 * takes two to make a rate. A rate is counted by the clock of whoever answers.
 *
 * <p>Not thread-safe: one event loop, which passes the time in (milliseconds).
 */
public final class Pulses {

    /** Answers are asked for every second; who has missed three of them is not shown. */
    private static final long TTL_MILLIS = 3_500;

    private static final int MAX_PARTS = 1_000;

    private final Map<DispatcherId, Pair<DispatcherPulse>> dispatchers = new TreeMap<>();
    private final Map<GatewayId, Pair<GatewayPulse>> gateways = new TreeMap<>();

    private record Pair<P>(@Nullable P before, P last, long heardAt) {}

    /** Takes an answer. */
    public void hear(Operating message, long now) {
        switch (message) {
            case DispatcherPulse pulse -> hear(dispatchers, pulse.dispatcher(), pulse, now);
            case GatewayPulse pulse -> hear(gateways, pulse.gateway(), pulse, now);
            case Operating.Ask ask -> {}
            case Operating.Notice notice -> {}
            case Operating.HostBookSum sum -> {}
            case Operating.HostBookLines lines -> {}
            case Operating.Audited audited -> {}
        }
    }

    private static <K, P> void hear(Map<K, Pair<P>> parts, K id, P pulse, long now) {
        Pair<P> known = parts.get(id);
        if (known != null || parts.size() < MAX_PARTS) {
            parts.put(id, new Pair<>(known == null ? null : known.last, pulse, now));
        }
    }

    /**
     * What there is to show; who has not been heard of lately is forgotten.
     *
     * @param kept hosts that are kept from work
     */
    public Operations snapshot(Collection<HostState> kept, long now) {
        dispatchers.values().removeIf(pair -> now - pair.heardAt > TTL_MILLIS);
        gateways.values().removeIf(pair -> now - pair.heardAt > TTL_MILLIS);
        return new Operations(
                lines(),
                dispatchers.values().stream().map(Pulses::dispatcher).toList(),
                gateways.values().stream().map(Pulses::gateway).toList(),
                hosts(kept));
    }

    /** Those that are connected, and the others that are kept from work. */
    private List<HostState> hosts(Collection<HostState> kept) {
        Map<String, HostState> hosts = new TreeMap<>();
        kept.forEach(host -> hosts.put(host.mark(), host));
        for (Pair<GatewayPulse> pair : gateways.values()) {
            for (Operating.Host host : pair.last.hosts()) {
                hosts.merge(host.mark(), connected(host, pair.last), Pulses::ruledOn);
            }
        }
        return List.copyOf(hosts.values());
    }

    private static HostState connected(Operating.Host host, GatewayPulse there) {
        Standing standing = host.waiting() ? Standing.WAITING : Standing.IN;
        return new HostState(host.mark(), host.name(), host.trust(), standing, host.workers(), there.gateway());
    }

    /** One that was revoked may look connected for a moment. */
    private static HostState ruledOn(HostState known, HostState connected) {
        return known.state() == Standing.REVOKED
                ? known
                : new HostState(
                        connected.mark(),
                        connected.name(),
                        connected.trust(),
                        known.state(),
                        connected.workers(),
                        connected.gatewayId());
    }

    private List<LineState> lines() {
        Map<QueryType, LineState> lines = new TreeMap<>();
        for (Pair<DispatcherPulse> pair : dispatchers.values()) {
            for (Line line : pair.last.lines()) {
                lines.merge(line.queryType(), line(pair, line), Pulses::together);
            }
        }
        return new ArrayList<>(lines.values());
    }

    private static LineState line(Pair<DispatcherPulse> pair, Line line) {
        DispatcherPulse before = pair.before;
        Double rate = before == null
                ? null
                : perSecond(line.assigned() - assigned(before, line.queryType()), before.vitals(), pair.last.vitals());
        Long oldest = line.waiting() == 0 ? null : line.oldestMillis();
        return new LineState(line.queryType(), line.waiting(), oldest, rate);
    }

    private static long assigned(DispatcherPulse pulse, QueryType type) {
        return pulse.lines().stream()
                .filter(line -> line.queryType().equals(type))
                .mapToLong(Line::assigned)
                .sum();
    }

    private static LineState together(LineState a, LineState b) {
        return new LineState(
                a.queryType(),
                a.waiting() + b.waiting(),
                a.oldestMs() == null ? b.oldestMs() : b.oldestMs() == null ? a.oldestMs() : longer(a, b),
                a.placedPerS() == null || b.placedPerS() == null ? null : rounded(a.placedPerS() + b.placedPerS()));
    }

    private static @Nullable Long longer(LineState a, LineState b) {
        return a.oldestMs() == null || b.oldestMs() == null ? null : Long.valueOf(Math.max(a.oldestMs(), b.oldestMs()));
    }

    private static DispatcherState dispatcher(Pair<DispatcherPulse> pair) {
        DispatcherPulse last = pair.last;
        DispatcherPulse before = pair.before;
        return new DispatcherState(
                last.dispatcher(),
                last.vitals().upMillis(),
                last.open(),
                before == null ? null : perSecond(assigned(last) - assigned(before), before.vitals(), last.vitals()),
                last.vitals().heapBytes(),
                last.vitals().maxHeapBytes());
    }

    private static long assigned(DispatcherPulse pulse) {
        return pulse.lines().stream().mapToLong(Line::assigned).sum();
    }

    private static GatewayState gateway(Pair<GatewayPulse> pair) {
        GatewayPulse last = pair.last;
        GatewayPulse before = pair.before;
        return new GatewayState(
                last.gateway(),
                last.vitals().upMillis(),
                last.sessions(),
                last.open(),
                before == null ? null : perSecond(last.intents() - before.intents(), before.vitals(), last.vitals()),
                last.vitals().heapBytes(),
                last.vitals().maxHeapBytes());
    }

    private static @Nullable Double perSecond(long count, Operating.Vitals before, Operating.Vitals last) {
        long millis = last.upMillis() - before.upMillis();
        return millis <= 0 ? null : Double.valueOf(rounded(count * 1_000.0 / millis));
    }

    private static double rounded(double rate) {
        return Math.round(Math.max(0, rate) * 10) / 10.0;
    }
}
