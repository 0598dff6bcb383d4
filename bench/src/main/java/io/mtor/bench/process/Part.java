// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.process;

import io.mtor.realm.cluster.Member;
import io.mtor.realm.cluster.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One process of a realm, and the harm that can be done to it. Every harm returns when it has been seen to be done. */
public record Part(Member member, String name) {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    public Role role() {
        return member.role();
    }

    public long pid() {
        return member.process().pid();
    }

    /** Where it answers: a gateway its users, the others their operator. */
    public URI uri() {
        return member.uri();
    }

    /** Where others can join the cluster through it, as host:port. */
    public String address() {
        return member.address();
    }

    public boolean isAlive() {
        return member.process().isAlive();
    }

    /** True while it is stopped. */
    public boolean isFrozen() {
        return state() == 'T';
    }

    /** What the ids of its workers begin with, if it is a worker-agent. */
    public String workerPrefix() {
        return name + "-";
    }

    /** True if this process has written the word, such as the id of a worker that it hosts. */
    public boolean wrote(String word) {
        return text().contains(word);
    }

    /** How often it has written the word. */
    public int count(String word) {
        return text().split(Pattern.quote(word), -1).length - 1;
    }

    /** The first of what it wrote that looks like this. */
    public String firstMatch(Pattern pattern) {
        Matcher matcher = pattern.matcher(text());
        if (!matcher.find()) {
            throw new IllegalStateException(name + " wrote no " + pattern);
        }
        return matcher.group();
    }

    /** {@code kill -9}; returns when it is gone. */
    public void kill() {
        member.process().destroyForcibly();
        Conditions.await(name + " to be gone", LIMIT, () -> !isAlive());
    }

    /** SIGTERM; it may take its time to leave. */
    public void terminate() {
        member.process().destroy();
    }

    /** SIGSTOP; returns when it stands still. */
    public void freeze() {
        signal("STOP");
        Conditions.await(name + " to stand still", LIMIT, this::isFrozen);
    }

    /** SIGCONT; returns when it goes on. */
    public void thaw() {
        signal("CONT");
        Conditions.await(name + " to go on", LIMIT, () -> !isFrozen());
    }

    /** Waits until it has ended, and returns its exit code. */
    public int exitCode() {
        Conditions.await(name + " to end", Duration.ofMinutes(2), () -> !isAlive());
        return member.process().exitValue();
    }

    private void signal(String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, String.valueOf(pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot send SIG" + signal, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The letter of its state as Linux tells it: T for stopped. */
    private char state() {
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(pid()), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return 'X';
        }
    }

    private String text() {
        try {
            return Files.readString(member.log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
