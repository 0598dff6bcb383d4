// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.process;

import io.mtor.realm.cluster.Launch;
import io.mtor.realm.cluster.Member;
import io.mtor.realm.cluster.RealmFile;
import io.mtor.realm.cluster.Role;
import io.mtor.realm.cluster.Site;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * A realm as processes of their own, which can be harmed, and replaced. Started and added to by one thread; what it has
 * may be asked by any.
 *
 * <p>Whoever comes is told of every member that holds cluster state, so that it finds one that is alive. Who replaces one
 * that is gone gets its address, as a process gets that its supervisor starts again: an address that nobody has any more
 * holds up the healing of the cluster by seconds each time that it is tried.
 */
public final class MtorCluster implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

    /** Between the choice of a free port and its use, a busy machine may give it to somebody else. */
    private static final String PORT_IS_TAKEN = "Address already in use";

    /** Who comes while others die may not find the cluster; it says so and ends, and its supervisor starts it again. */
    private static final String NOT_JOINED = "could not be joined";

    private static final int TRIES = 4;

    /** Those that hold cluster state first; gateways last, so that they are ready for users when they are ready. */
    private static final List<Role> ORDER = List.of(Role.DISPATCHER, Role.MONITOR, Role.WORKER, Role.GATEWAY);

    private final Launch founding;
    private final List<Part> parts = new CopyOnWriteArrayList<>();
    private final Map<Role, Integer> numbers = new EnumMap<>(Role.class);

    /** Addresses of processes that have just been started. */
    private final Set<String> given = new HashSet<>();

    private MtorCluster(Launch founding) {
        this.founding = founding;
        // A process that stands still would not even notice that we are gone.
        Runtime.getRuntime().addShutdownHook(new Thread(this::killFrozen, "cluster"));
    }

    private void killFrozen() {
        parts.stream().filter(Part::isAlive).filter(Part::isFrozen).forEach(Part::kill);
    }

    /** Nobody yet. The TOML text is a realm's configuration file. */
    public static MtorCluster empty(Site site, String toml) {
        try {
            Path directory = Files.createTempDirectory("mtor-cluster-");
            Path file = Files.writeString(directory.resolve("realm.toml"), toml);
            return new MtorCluster(new Launch(site, directory, null, RealmFile.part(file, directory)));
        } catch (IOException e) {
            throw new UncheckedIOException("the logs and configurations have no place", e);
        }
    }

    /** Starts one and waits until all its processes are ready. */
    public static MtorCluster start(Site site, String toml, Map<Role, Integer> counts) {
        MtorCluster cluster = empty(site, toml);
        try {
            for (Role role : ORDER) {
                cluster.ensure(role, counts.getOrDefault(role, 0));
            }
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    /** Makes sure that so many of a kind are there, by starting what lacks. */
    public void ensure(Role role, int count) {
        List<Part> started = new ArrayList<>();
        for (int missing = count - alive(role).size(); missing > 0; missing--) {
            Part part = begin(role, founding.site());
            started.add(part);
            if (members().isEmpty()) {
                awaitReady(part);
            }
        }
        started.forEach(this::awaitReady);
        while (alive(role).size() < count) {
            add(role);
        }
    }

    /** Starts one more of a kind, anywhere, and waits until it is ready. */
    public Part add(Role role, Site site) {
        for (int tries = 1; tries < TRIES; tries++) {
            Part part = begin(role, site);
            if (awaitReady(part)) {
                return part;
            }
        }
        throw new IllegalStateException("no " + role.label() + " found a free port or the cluster");
    }

    /** Starts one more of a kind in the usual place. */
    public Part add(Role role) {
        return add(role, founding.site());
    }

    private Part begin(Role role, Site site) {
        String members = members();
        Launch launch = members.isEmpty() ? founding : founding.joining(members);
        int number = numbers.merge(role, 1, Integer::sum);
        Member member = launch.at(site).start(role, number, Launch.freePort(), memberPort(role, site));
        return new Part(member, role.label() + "-" + number);
    }

    private int memberPort(Role role, Site site) {
        Set<String> taken =
                parts.stream().filter(Part::isAlive).map(Part::address).collect(Collectors.toSet());
        return parts.stream()
                .filter(part -> part.role() == role && part.address().startsWith(site.host() + ":"))
                .map(Part::address)
                .filter(address -> !taken.contains(address) && !given.contains(address))
                .findFirst()
                .map(address -> {
                    given.add(address);
                    return Integer.parseInt(address.substring(site.host().length() + 1));
                })
                .orElseGet(Launch::freePort);
    }

    /** False if it is to be started again. */
    private boolean awaitReady(Part part) {
        if (parts.contains(part)) {
            return part.isAlive();
        }
        try {
            boolean ready = part.member().awaitReady(START_LIMIT);
            if (!ready && !part.wrote(PORT_IS_TAKEN) && !part.wrote(NOT_JOINED)) {
                throw new IllegalStateException(part + " did not become ready: "
                        + Files.readString(part.member().log()));
            }
            return ready;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            parts.add(part);
            given.remove(part.address());
        }
    }

    private String members() {
        return parts.stream()
                .filter(part -> part.role() == Role.DISPATCHER || part.role() == Role.MONITOR)
                .filter(part -> part.isAlive() && !part.isFrozen())
                .map(Part::address)
                .collect(Collectors.joining(","));
    }

    /** All processes there ever were, in the order in which they became ready. */
    public List<Part> parts() {
        return List.copyOf(parts);
    }

    /** Those of a kind that are alive. */
    public List<Part> alive(Role role) {
        return parts.stream()
                .filter(part -> part.role() == role && part.isAlive())
                .toList();
    }

    /** The living process that wrote the word. */
    public Part withLog(Role role, String word) {
        return alive(role).stream()
                .filter(part -> part.wrote(word))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + role.label() + " wrote " + word));
    }

    /** Tells all to stop, in the order in which work flows, and waits; ends by force what does not go by itself. */
    @Override
    public void close() {
        for (Role role : Role.values()) {
            List<Part> same = alive(role);
            same.stream().filter(Part::isFrozen).forEach(Part::thaw);
            same.forEach(Part::terminate);
            same.forEach(part -> part.member().awaitEnd(STOP_LIMIT));
        }
    }
}
