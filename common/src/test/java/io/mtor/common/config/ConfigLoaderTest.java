// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mtor.common.config.ExampleConfig.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {

    private final Path folder;

    ConfigLoaderTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void shouldUseTheDefaultsWhenNothingIsSaid() {
        // When
        ExampleConfig config = ConfigLoader.defaults(ExampleConfig.class);

        // Then
        assertThat(config.server().port()).isEqualTo(8080);
        assertThat(config.server().mode()).isEqualTo(Mode.OPEN);
        assertThat(config.server().origins()).containsExactly("http://a", "http://b");
        assertThat(config.server().friends()).isEmpty();
        assertThat(config.server().token()).isNull();
        assertThat(config.limits().patience()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.limits().frame()).isEqualTo(new Size(65_536));
        assertThat(config.limits().messages()).isEqualTo(1_000_000_000_000L);
        assertThat(config.limits().share()).isEqualTo(0.1);
        assertThat(config.tls()).isNull();
        assertThat(config.command()).isEmpty();
    }

    @Test
    void shouldPreferFlagsToVariablesToFileToDefaults() throws IOException {
        // Given
        Path file = file("""
                [server]
                port = 1
                bind_host = "file"
                mode = "invited-only"
                """);
        var environment = Map.of("MTOR_SERVER_PORT", "2", "MTOR_SERVER_BIND_HOST", "variable");
        var args = List.of("--server.port", "3", "--config", file.toString());

        // When
        var server = load(args, environment).config().server();

        // Then
        assertThat(server.port()).isEqualTo(3);
        assertThat(server.bindHost()).isEqualTo("variable");
        assertThat(server.mode()).isEqualTo(Mode.INVITED_ONLY);
        assertThat(server.greet()).isFalse();
    }

    @Test
    void shouldReadEveryTypeFromFlags() {
        // When
        ExampleConfig config = load(
                        List.of(
                                "--server.bind_host=::1",
                                "--server.origins=x, y,",
                                "--server.friends",
                                "1,2",
                                "--server.greet",
                                "--limits.patience=250ms",
                                "--limits.frame",
                                "1MiB",
                                "--limits.share=1",
                                "--tls.certificate=/etc/c.pem",
                                "--port=0"),
                        Map.of())
                .config();

        // Then
        assertThat(config.server().bindHost()).isEqualTo("::1");
        assertThat(config.server().origins()).containsExactly("x", "y");
        assertThat(config.server().friends()).containsExactly(1, 2);
        assertThat(config.server().greet()).isTrue();
        assertThat(config.server().port()).isZero();
        assertThat(config.limits().patience()).isEqualTo(Duration.ofMillis(250));
        assertThat(config.limits().frame()).isEqualTo(new Size(1 << 20));
        assertThat(config.limits().share()).isEqualTo(1);
        assertThat(requireNonNull(config.tls()).authority()).hasPort(1);
    }

    @Test
    void shouldTakeASwitchWithAndWithoutAValue() {
        assertThat(load(List.of("--server.greet", "false"), Map.of())
                        .config()
                        .server()
                        .greet())
                .isFalse();
        assertThat(load(List.of("--server.greet", "--port=1"), Map.of())
                        .config()
                        .server()
                        .greet())
                .isTrue();
    }

    @Test
    void shouldReadListsOfTables() throws IOException {
        // Given
        Path file = file("""
                [[command]]
                program = "echo"
                args = ["a", "b,c", "1"]

                [[command]]
                program = "cat"
                name = "cats"
                [command.limits]
                patience = "1m"
                """);

        // When
        var commands =
                load(List.of(), Map.of("MTOR_CONFIG", file.toString())).config().command();

        // Then
        assertThat(commands).hasSize(2);
        assertThat(commands.get(0).args()).containsExactly("a", "b,c", "1");
        assertThat(commands.get(0).name().value()).isEqualTo("tool");
        assertThat(commands.get(1).name().value()).isEqualTo("cats");
        assertThat(commands.get(1).limits().patience()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void shouldNotOverlookAnEmptyTable() throws IOException {
        Path file = file("[[command]]\n[[command]]\nprogram = 'x'\n[tls]\n");
        assertThatThrownBy(() -> load(List.of("--config=" + file), Map.of()))
                .hasMessageContaining("command[0].program")
                .hasMessageContaining("tls.certificate");
    }

    @Test
    void shouldListEveryErrorAtOnceWithPathAndOrigin() throws IOException {
        // Given
        Path file = file("""
                [server]
                prot = 1
                [limits]
                frame = "64 kilos"
                """);
        var args = List.of("--config", file.toString(), "--server.port", "99999", "stray");
        var environment = Map.of("MTOR_LIMITS_SHARE", "2", "MTOR_LIMTS_PATIENCE", "1s");

        // When
        assertThatThrownBy(() -> load(args, environment))

                // Then
                .isInstanceOfSatisfying(ConfigException.class, e -> assertThat(e.errors())
                        .extracting(ConfigError::toString)
                        .containsExactly(
                                "stray (argument): nothing takes an argument here; flags begin with --",
                                "MTOR_LIMTS_PATIENCE (variable): unknown variable; did you mean MTOR_LIMITS_PATIENCE?",
                                "server.prot (" + file + ":2): unknown key; did you mean server.port?",
                                "server.port (flag --server.port): must be a whole number, 0 to 65535, not \"99999\"",
                                "limits.frame (" + file + ":4): must be a size such as 512B, 64KiB or 1MiB, at most"
                                        + " 1MiB, not \"64 kilos\"",
                                "limits.share (variable MTOR_LIMITS_SHARE): must be a number, 0 to 1, not \"2\""));
    }

    @Test
    void shouldSayWhereEachEffectiveValueCameFrom() throws IOException {
        // Given
        Path file = file("[limits]\npatience = '120s'\n");

        // When
        var loaded = load(
                List.of("--config", file.toString(), "--port", "1"),
                Map.of("MTOR_SERVER_TOKEN", "sesame", "MTOR_HOME", "/opt"));

        // Then
        assertThat(loaded.entries())
                .contains(
                        new Entry("server.port", "1", "flag --port"),
                        new Entry("limits.patience", "2m", file + ":2"),
                        new Entry("server.token", Secret.MASK, "variable MTOR_SERVER_TOKEN"),
                        new Entry("server.origins", "[http://a, http://b]", "default"));
        assertThat(loaded.show()).doesNotContain("sesame").contains("limits.patience = 2m");
    }

    @Test
    void shouldLeaveAloneWhatBelongsToTheScriptAndOtherProcesses() {
        // Given
        record Quiet(
                @Key(doc = "Something else", byDefault = "1")
                int one) {}
        var environment = Map.of(
                "MTOR_JAVA_OPTS", "-Xmx1g", "MTOR_URL", "http://localhost", "MTOR_TOOLS", "/opt", "MTOR_PORT", "8081");

        // When
        Quiet quiet = ConfigLoader.load(Quiet.class, Aliases.none(), List.of(), environment)
                .config();

        // Then
        assertThat(quiet.one()).isEqualTo(1);
    }

    @Test
    void shouldRefuseATypeItCannotHold() {
        record Odd(@Key(doc = "no") Thread thread) {}
        record Bare(String undocumented) {}
        assertThatThrownBy(() -> ConfigLoader.defaults(Odd.class)).hasMessageContaining("java.lang.Thread");
        assertThatThrownBy(() -> ConfigLoader.defaults(Bare.class)).hasMessageContaining("needs a @Key");
    }

    @Test
    void shouldRefuseAnAliasForNothing() {
        var aliases = Aliases.none().flag("--port", "sever.port");
        assertThatThrownBy(() -> ConfigLoader.load(ExampleConfig.class, aliases, List.of(), Map.of()))
                .hasMessage("an alias names sever.port, which is no key");
    }

    private static Loaded<ExampleConfig> load(List<String> args, Map<String, String> environment) {
        return ConfigLoader.load(ExampleConfig.class, ExampleConfig.ALIASES, args, environment);
    }

    private Path file(String toml) throws IOException {
        return Files.writeString(folder.resolve("mtor.toml"), toml);
    }
}
