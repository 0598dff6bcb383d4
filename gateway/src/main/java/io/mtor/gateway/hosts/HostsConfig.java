// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.hosts;

import io.mtor.common.config.KeptFile;
import io.mtor.common.config.Key;
import io.mtor.common.config.Secret;
import io.mtor.common.config.Size;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Which hosts may join through a gateway. */
public record HostsConfig(
        @Key(
                doc = "What join tokens are signed with, at least 32 characters, the same for all gateways; without"
                        + " it, what secret_file holds")
        @Nullable
        Secret secret,

        @Key(
                doc = "File with that secret, made by mtor token create; without it, .mtor/join-secret in the home"
                        + " directory, if it is there")
        @Nullable
        Path secretFile,

        @Key(
                doc =
                        "File in which gateways and operators write which hosts have come, were approved or revoked; without"
                                + " it, hosts beside that secret")
        @Nullable
        Path book,

        @Key(doc = "A new host waits until an operator approves it", byDefault = "false")
        boolean approval,

        @Key(doc = "Most hosts at once", byDefault = "1000", atLeast = "1")
        int max,

        @Key(doc = "Most workers of one host", byDefault = "32", atLeast = "1", atMost = "1000")
        int workers,

        @Key(doc = "What a host may send in a second; it is read no faster", byDefault = "32MiB", atLeast = "64KiB")
        Size rate,

        @Key(doc = "What an answer of a host may be") Answer answer) {

    /** What an answer of a host may be. A worker-agent keeps to limits of the same names, if nobody has changed it. */
    public record Answer(
            @Key(doc = "Longest text, in characters", byDefault = "4194304", atLeast = "1")
            int maxChars,

            @Key(doc = "Largest media, previews included", byDefault = "16MiB", atLeast = "1KiB")
            Size maxMedia,

            @Key(doc = "Most pieces", byDefault = "100000", atLeast = "1")
            int maxPieces,

            @Key(
                    doc =
                            "Bytes on the way to a client at once, beside the last piece; agent.answer.window of each host must"
                                    + " fit in",
                    byDefault = "1MiB",
                    atLeast = "1KiB")
            Size ahead) {}

    /** As many as the bits of the signature. */
    public static final int MIN_CHARS = 32;

    /** @throws IllegalArgumentException if the secret could be guessed */
    public HostsConfig {
        if (secret != null && secret.value().length() < MIN_CHARS) {
            throw new IllegalArgumentException("secret must have at least " + MIN_CHARS + " characters");
        }
    }

    /** Where the secret is kept if the configuration does not hold it. */
    public Path file() {
        return secretFile == null ? KeptFile.usual("join-secret") : secretFile;
    }

    /** Where it is written which hosts were approved or revoked. */
    public Path bookFile() {
        return book == null ? file().resolveSibling("hosts") : book;
    }
}
