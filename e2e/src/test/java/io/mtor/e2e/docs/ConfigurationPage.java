// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.docs;

import io.mtor.common.cluster.Service;
import io.mtor.common.config.Aliases;
import io.mtor.common.config.Reference;
import io.mtor.dispatcher.DispatcherMain;
import io.mtor.gateway.GatewayMain;
import io.mtor.health.HealthMonitorMain;
import io.mtor.realm.RealmConfig;
import io.mtor.worker.WorkerAgentMain;

/** Writes {@code docs/reference/configuration.md} from the records that hold the configuration. */
final class ConfigurationPage {

    static final String FILE = "docs/reference/configuration.md";

    private static final String HEAD = """
            <!-- SPDX-License-Identifier: GPL-3.0-only -->
            # Configuration

            Every key of every process, with its default. This page is generated from the records that hold the configuration; a test
            keeps it equal to them. Every process prints the same about itself with `--help`, and its effective values, each with
            where it came from, with `--show-config`.

            ## How a value is given

            A **flag** (`--gateway.port 8081`) is stronger than a **variable** (`MTOR_GATEWAY_PORT=8081`), that is stronger than the
            **file** (`--config FILE` or `MTOR_CONFIG`, in TOML), and that is stronger than the **default**.

            ```toml
            [gateway]
            port = 8081
            origins = ["https://example.org"]

            [gateway.session]
            lost_receiver = "2m"
            ```

            - Unknown keys, keys given twice and values that are not allowed stop the start. All of them are listed at once, each with
              its place and what is allowed.
            - Durations and sizes carry their unit: `250ms`, `5s`, `2m`, `1h`, `1d`; `512B`, `64KiB`, `1MiB`, `2GiB`.
            - In a flag, `-` and `_` are the same. A list is written with commas: `--gateway.origins https://a.example,https://b.example`.
            - A key with `[]` in it belongs to a list of tables, `[[agent.command]]`, and can be given in the file only.
            - Secrets are never printed.

            Beside the keys there are three variables: `MTOR_CONFIG` names the file, `MTOR_LOG=json` makes every line of the log a JSON
            object, `MTOR_LOG_LEVEL` sets how much is logged (`INFO` without it). Any other variable whose name begins with `MTOR_` and
            is no key of the process is an error, so that a typing mistake is found; `./mtor` itself reads `MTOR_JAVA_OPTS`, and
            `./mtor ask` reads `MTOR_URL`.

            ## The whole realm in one process: `./mtor up`

            """;

    private ConfigurationPage() {}

    static String generated() {
        var page = new StringBuilder(HEAD.stripIndent());
        page.append(Reference.markdown(
                RealmConfig.class,
                Aliases.none()
                        .flag("--port", "gateway.port")
                        .flag("--host", "gateway.host")
                        .variable("MTOR_PORT", "gateway.port")));
        append(page, "The gateway", new GatewayMain());
        append(page, "The dispatcher", new DispatcherMain());
        append(page, "The health monitor", new HealthMonitorMain());
        append(page, "The worker-agent", new WorkerAgentMain());
        return page.toString();
    }

    private static void append(StringBuilder page, String title, Service<?> service) {
        page.append("\n## ")
                .append(title)
                .append(": `")
                .append(service.name())
                .append("`\n\n")
                .append(Reference.markdown(service.type(), service.aliases()));
    }
}
