// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way we know to get a configuration wrong; each stops the start with one line that says how. */
class BadConfigTest {

    private final Path folder;

    BadConfigTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            --server.port                | server.port          | needs a value: a whole number, 0 to 65535
            --server.port=               | server.port          | not ""
            --server.port=-1             | server.port          | 0 to 65535
            --server.port=65536          | server.port          | 0 to 65535
            --server.port=8e3            | server.port          | must be a whole number
            --server.port=0x50           | server.port          | must be a whole number
            --server.port=1.0            | server.port          | must be a whole number
            --server.port=99999999999999 | server.port          | must be a whole number
            --server.port=1,2            | server.port          | must be a whole number
            --server.mode=closed         | server.mode          | must be one of open, invited-only, not "closed"
            --server.mode=INVITED_ONLY   | server.mode          | one of
            --server.friends=1,0         | server.friends       | a list, each a whole number, at least 1, not "0"
            --server.friends=1,x         | server.friends       | not "x"
            --server.token=              | server.token         | must not be empty
            --server.greet=yes           | server.greet         | must be true or false, not "yes"
            --server.greet=TRUE          | server.greet         | must be true or false
            --limits.patience=5              | limits.patience          | must be a duration such as 250ms
            --limits.patience=5sec           | limits.patience          | must be a duration
            --limits.patience=-5s            | limits.patience          | must be a duration
            --limits.patience=1.5s           | limits.patience          | must be a duration
            --limits.patience=9ms            | limits.patience          | 10ms to 1h
            --limits.patience=61m            | limits.patience          | 10ms to 1h
            --limits.patience=9999999999999d | limits.patience          | must be a duration
            --limits.patience=999999999999d  | limits.patience          | 10ms to 1h
            --limits.frame=64            | limits.frame         | must be a size
            --limits.frame=64KB          | limits.frame         | must be a size
            --limits.frame=2MiB          | limits.frame         | at most 1MiB
            --limits.frame=-1B           | limits.frame         | must be a size
            --limits.frame=99999999999GiB| limits.frame         | must be a size
            --limits.share=NaN           | limits.share         | must be a number
            --limits.share=Infinity      | limits.share         | must be a number
            --limits.share=1.01          | limits.share         | 0 to 1
            --limits.messages=1e3        | limits.messages      | must be a whole number
            --limits.least=11            | limits               | least (11) must not exceed most (10)
            --tls.authority=http://x     | tls.certificate      | is missing; it must be a path
            --tls.authority=localhost    | tls.authority        | must be a URL
            --tls.authority=http://[     | tls.authority        | must be a URL
            --prot=1                     | --prot               | did you mean --port?
            --sever.port=1               | --sever.port         | did you mean --server.port?
            --certificate=x              | --certificate        | did you mean --tls.certificate?
            --utterly.different.thing=1  | --utterly.different.thing | unknown flag
            -p                           | -p                   | unknown flag
            --command.program=x          | --command.program    | unknown flag
            --config                     | --config             | needs a value
            --config=/no/such/file       | --config             | there is no such file
            --                           | --                   | unknown flag
            word                         | word                 | nothing takes an argument here
            """)
    void shouldRefuseABadFlag(String flag, String path, String problem) {
        List<ConfigError> errors = errors(List.of(flag), Map.of());
        assertThat(errors).anySatisfy(error -> {
            assertThat(error.path()).isIn(path, "--" + path);
            assertThat(error.problem()).contains(problem);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            server = 5                                    | server              | :1 | is a table
            [server]~prt = 1                              | server.prt          | :2 | did you mean server.port?
            [sever]                                       | sever               | :1 | unknown key
            [server]~port = { a = 1 }                     | server.port         | :2 | not a table
            [server]~port = [1]                           | server.port         | :2 | not a list
            [server]~port = "x"                           | server.port         | :2 | not "x"
            [server]~port = 1.5                           | server.port         | :2 | not "1.5"
            [server]~port = true                          | server.port         | :2 | not "true"
            [server]~port = 2026-01-01                    | server.port         | :2 | must be a whole number
            [server]~port = 1~port = 2                    | --config            | :3 | not TOML
            [server]~[server]                             | --config            | :2 | not TOML
            [server~port = 1                              | --config            | :1 | not TOML
            port 1                                        | --config            | :1 | not TOML
            command = 1                                   | command             | :1 | a list of tables, [[command]]
            [command]~program = "x"                       | command             | :1 | a list of tables, [[command]]
            [[command]]~args = []                         | command[0].program  | nowhere | is missing
            [[command]]~program = "x"~prog = 1            | command[0].prog     | :3 | did you mean command[].program?
            [[command]]~program = "x"~[[command]]~a = 1   | command[1].a        | :4 | unknown key
            [[command]]~program = "x"~name = "A1"         | command[0].name     | :3 | only the letters a to z, not A1
            [[command]]~program="x"~[command.limits]~patience=1| command[0].limits.patience | :4 | must be a duration
            [[command]]~program="x"~[command.limits]~least=99| command[0].limits   | together | must not exceed
            [[server]]~port = 1                           | server              | :1 | is a table
            "server.port" = 1~[server]~port = 2           | server.port         | :1 | given twice, also as
            """)
    void shouldRefuseABadFile(String toml, String path, String origin, String problem) throws IOException {
        Path file = Files.writeString(folder.resolve("bad.toml"), toml.replace('~', '\n'));
        List<ConfigError> errors = errors(List.of("--config", file.toString()), Map.of());
        assertThat(errors).anySatisfy(error -> {
            assertThat(error.path()).isEqualTo(path);
            assertThat(error.origin()).endsWith(origin);
            assertThat(error.problem()).contains(problem);
        });
    }

    @Test
    void shouldRefuseWhatIsGivenTwice() {
        assertThat(errors(List.of("--port=1", "--port=1"), Map.of()))
                .containsExactly(new ConfigError("server.port", "flag --port", "given twice, also as flag --port"));
        assertThat(errors(List.of("--port=1", "--server.port=2"), Map.of()))
                .containsExactly(
                        new ConfigError("server.port", "flag --server.port", "given twice, also as flag --port"));
        assertThat(errors(List.of("--config=a", "--config=b"), Map.of()))
                .contains(new ConfigError("--config", "flag", "given twice"));
        assertThat(errors(List.of(), Map.of("MTOR_PORT", "1", "MTOR_SERVER_PORT", "1")))
                .containsExactly(new ConfigError(
                        "server.port", "variable MTOR_SERVER_PORT", "given twice, also as variable MTOR_PORT"));
    }

    @Test
    void shouldRefuseAFileThatIsNoText() throws IOException {
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        Path long1 = Files.write(folder.resolve("long"), "#\n".repeat(1 << 20).getBytes(StandardCharsets.UTF_8));
        assertThat(errors(List.of("--config=" + binary), Map.of()))
                .containsExactly(new ConfigError("--config", binary.toString(), "not a text file in UTF-8"));
        assertThat(errors(List.of("--config=" + long1), Map.of()))
                .containsExactly(new ConfigError("--config", long1.toString(), "longer than 1048576 characters"));
        assertThat(errors(List.of("--config=" + folder), Map.of()))
                .singleElement()
                .satisfies(error -> assertThat(error.problem()).contains("cannot be read"));
    }

    @Test
    void shouldNotComplainOfMissingKeysWhenTheFileThatMayHoldThemIsBroken() throws IOException {
        Path file = Files.writeString(folder.resolve("bad.toml"), "tls = ");
        assertThat(errors(List.of("--config=" + file, "--tls.authority=http://a"), Map.of()))
                .extracting(ConfigError::path)
                .containsExactly("--config");
    }

    private static List<ConfigError> errors(List<String> args, Map<String, String> environment) {
        return catchThrowableOfType(
                        ConfigException.class,
                        () -> ConfigLoader.load(ExampleConfig.class, ExampleConfig.ALIASES, args, environment))
                .errors();
    }
}
