// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.discovery;

import io.mtor.worker.model.http.Endpoint;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code OLLAMA_HOST}, the variable by which people move Ollama: {@code host}, {@code :port}, or a URL. */
public final class OllamaHost {

    private static final int PORT = 11434;

    private static final Pattern FORM =
            Pattern.compile("(?:(https?)://)?(\\[[0-9a-fA-F:]+]|[^:/\\[\\]]*)(?::(\\d{1,5}))?/?");

    private OllamaHost() {}

    /** Where Ollama is by this value; empty if it makes no sense. */
    public static Optional<Endpoint> parse(String value) {
        Matcher matcher = FORM.matcher(value.strip());
        if (value.isBlank() || !matcher.matches()) {
            return Optional.empty();
        }
        String scheme = matcher.group(1);
        String host = matcher.group(2);
        // Ollama listens at this variable, too: "everywhere" is asked for on this host.
        boolean everywhere =
                host.isEmpty() || host.equals("0.0.0.0") || host.equals("[::]") || host.equals("localhost");
        int port = matcher.group(3) != null ? Integer.parseInt(matcher.group(3)) : scheme == null ? PORT : -1;
        String url = (scheme == null ? "http" : scheme) + "://" + (everywhere ? "127.0.0.1" : host) + ":" + port;
        return port > 65_535
                ? Optional.empty()
                : Optional.of(Endpoint.of(URI.create(port < 0 ? url.substring(0, url.lastIndexOf(':')) : url), null));
    }
}
