// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A configuration with one of everything. */
record ExampleConfig(Server server, Limits limits, @Nullable Tls tls, List<Command> command) {

    static final Aliases ALIASES = Aliases.none()
            .flag("--port", "server.port")
            .variable("MTOR_PORT", "server.port")
            .ignoring("MTOR_HOME");

    enum Mode {
        OPEN,
        INVITED_ONLY
    }

    record Name(String value) {
        Name {
            if (!value.matches("[a-z]+")) {
                throw new IllegalArgumentException("a name has only the letters a to z, not " + value);
            }
        }
    }

    record Server(
            @Key(doc = "Port to listen on", byDefault = "8080", atLeast = "0", atMost = "65535")
            int port,

            @Key(doc = "Address to listen on", byDefault = "127.0.0.1")
            String bindHost,

            @Key(doc = "Who may come in", byDefault = "open")
            Mode mode,

            @Key(
                    doc = "Origins a browser may come from",
                    byDefault = {"http://a", "http://b"})
            List<String> origins,

            @Key(doc = "Ports of friends", atLeast = "1") List<Integer> friends,
            @Key(doc = "Token to show") @Nullable Secret token,

            @Key(doc = "Whether to greet", byDefault = "false")
            boolean greet) {}

    record Limits(
            @Key(doc = "Longest wait", byDefault = "5s", atLeast = "10ms", atMost = "1h")
            Duration patience,

            @Key(doc = "Largest frame", byDefault = "64KiB", atMost = "1MiB")
            Size frame,

            @Key(doc = "Messages ever", byDefault = "1000000000000")
            long messages,

            @Key(doc = "Share of the lowest class", byDefault = "0.1", atLeast = "0", atMost = "1")
            double share,

            @Key(doc = "Least of something", byDefault = "1")
            int least,

            @Key(doc = "Most of something", byDefault = "10")
            int most) {
        Limits {
            if (least > most) {
                throw new IllegalArgumentException("least (" + least + ") must not exceed most (" + most + ")");
            }
        }
    }

    record Tls(
            @Key(doc = "Certificate") Path certificate,

            @Key(doc = "Where to ask", byDefault = "http://127.0.0.1:1")
            URI authority) {}

    record Command(
            @Key(doc = "Program to run") String program,
            @Key(doc = "Its arguments") List<String> args,
            @Key(doc = "Its name", byDefault = "tool") Name name,
            Limits limits) {}
}
