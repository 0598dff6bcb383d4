// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.realm.MtorMain;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The commands that the documents tell people to type. */
class CommandsTest {

    private static final Pattern CONSOLE = Pattern.compile("```console\\n(.*?)```", Pattern.DOTALL);

    private static final CommandLine MTOR = new CommandLine(new MtorMain());

    /** What the script does by itself, without the jar. */
    private static final Set<String> OF_THE_SCRIPT =
            Set.of("test", "bench", "chaos", "simulate", "format", "build", "help");

    /** A folder of one machine, which nobody else has. */
    private static final Pattern PRIVATE = Pattern.compile("(^|[\\s`(\"'])/(work|root|home)/", Pattern.MULTILINE);

    @Test
    void shouldExist() {
        List<String> commands =
                Page.all().stream().flatMap(page -> typed(page).stream()).toList();

        assertThat(commands).hasSizeGreaterThan(10).allSatisfy(CommandsTest::exists);
    }

    @Test
    void shouldNameNoFolderOfAMachine() {
        assertThat(Page.all()).allSatisfy(page -> assertThat(
                        PRIVATE.matcher(page.text()).results().map(found -> page.text()
                                .substring(found.start())))
                .as(page.file().toString())
                .isEmpty());
    }

    /** Lines of console blocks that begin with a prompt, without variables before and comments behind. */
    private static List<String> typed(Page page) {
        return CONSOLE.matcher(page.text())
                .results()
                .flatMap(block -> block.group(1).lines())
                .filter(line -> line.startsWith("$ "))
                .map(line -> line.substring(2).replaceAll("^(\\w+=\\S+ )+", "").replaceAll("\\s+# .*", ""))
                .toList();
    }

    private static void exists(String typed) {
        List<String> words = Arrays.stream(typed.split(" ", -1))
                .filter(word -> !word.isBlank())
                .toList();
        assertThat(words.get(0)).as(typed).matches("\\./mtor|\\./mvnw|curl|kubectl|java|git|docker|ollama");
        if (!words.get(0).equals("./mtor")) {
            return;
        }
        String command = words.get(1);
        assertThat(OF_THE_SCRIPT.contains(command) || MTOR.getSubcommands().containsKey(command))
                .as(typed)
                .isTrue();
        if (command.equals("ask") || command.equals("cluster")) {
            Set<String> options = MTOR.getSubcommands()
                    .get(command)
                    .getCommandSpec()
                    .optionsMap()
                    .keySet();
            assertThat(words.stream().filter(word -> word.startsWith("--")).map(word -> word.replaceAll("=.*", "")))
                    .as(typed)
                    .isSubsetOf(options);
        }
    }
}
