// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.token;

import io.mtor.common.config.KeptFile;
import io.mtor.common.config.Secret;
import io.mtor.common.edge.JoinToken;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.Trust;
import io.mtor.gateway.hosts.HostsConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes a token, and at the first time the secret that it is signed with. */
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        description = {
            "Make a token with which a host joins through a gateway.",
            "The token is printed; what to do with it is said on standard error."
        })
final class CreateCommand implements Callable<Integer> {

    private static final int SECRET_BYTES = 32;
    private static final int ONCE_BYTES = 16;

    @Option(names = "--name", defaultValue = "a host", description = "Whom it is for; the gateway's log says it.")
    private String name = "a host";

    @Option(
            names = "--types",
            split = ",",
            description = "The query types that the host may serve, such as chat,imagine; without it, any.")
    private @Nullable List<String> types;

    @Option(
            names = "--trust",
            defaultValue = "trusted",
            description = "Whose the host is: own, trusted, or volunteer, which gets only intents that anybody may see."
                    + " Default: ${DEFAULT-VALUE}.")
    private Trust trust = Trust.TRUSTED;

    @Option(
            names = "--days",
            defaultValue = "30",
            description = "For how many days it lets the host in. Default: ${DEFAULT-VALUE}.")
    private int days = 30;

    @Option(
            names = "--one-use",
            description = "For one host only: the first that shows it may come back until it expires, no other may.")
    private boolean oneUse;

    @Option(
            names = "--secret-file",
            description =
                    "The file that keeps the realm's secret; gateways read it (gateway.hosts.secret_file). Without"
                            + " it, .mtor/join-secret in the home directory; with MTOR_GATEWAY_HOSTS_SECRET, none.")
    private @Nullable Path file;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        try {
            var token = new JoinToken(name, trust, queryTypes(), expiry(), oneUse ? once() : null);
            System.out.println(token.sign(secret()));
            System.err.println(
                    "On the host:  java -jar mtor-worker-agent-0.1.0-fat.jar --join ws://GATEWAY:8080 --token TOKEN");
            return 0;
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            System.err.println("mtor token create: " + e.getMessage());
            return 1;
        }
    }

    private List<QueryType> queryTypes() {
        return types == null
                ? List.of()
                : types.stream().map(String::strip).map(QueryType::new).toList();
    }

    private long expiry() {
        if (days < 1) {
            throw wrong("--days must be at least 1");
        }
        return Instant.now().plus(Duration.ofDays(days)).getEpochSecond();
    }

    private Secret secret() throws IOException {
        String given = System.getenv("MTOR_GATEWAY_HOSTS_SECRET");
        Path kept = file == null ? KeptFile.usual("join-secret") : file;
        String text = given == null || file != null ? KeptFile.readOrMake(kept, CreateCommand::newSecret) : given;
        if (text.length() < HostsConfig.MIN_CHARS) {
            throw new IOException("the secret has fewer than " + HostsConfig.MIN_CHARS + " characters");
        }
        return new Secret(text);
    }

    private static String once() {
        byte[] once = new byte[ONCE_BYTES];
        new SecureRandom().nextBytes(once);
        return HexFormat.of().formatHex(once);
    }

    private static String newSecret() {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    private ParameterException wrong(String why) {
        if (spec == null) {
            throw new IllegalStateException(why);
        }
        return new ParameterException(spec.commandLine(), why);
    }
}
