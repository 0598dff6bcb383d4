// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/**
 * Runs the shell's own checks, type check and unit tests, in the Deno that the build brought, and holds the page to
 * its size. On a system without that Deno the first two are skipped, and say so.
 */
class WebTest {
    /** What a first visit may load, packed. */
    private static final int MAX_FIRST_LOAD_BYTES = 60_000;

    private static final int MAX_FIRST_LOAD_REQUESTS = 4;

    private static final int MAX_LINES = 400;

    private static final long MAX_SECONDS = 120;

    private static final Path NODE_MODULES = Path.of("target/web/node_modules").toAbsolutePath();

    private static final Path DENO = NODE_MODULES.resolve("linux-x64-glibc/deno");

    private static final Path OUTPUT = Path.of("target/classes/web");

    private static final Pattern PASSED = Pattern.compile("ok \\| (\\d+) passed.*\\| 0 failed");

    @Test
    void shouldPassTheTypeCheck() throws Exception {
        var compiler = NODE_MODULES.resolve("typescript/lib/tsc.js").toString();

        var check = deno(List.of("run", "-A", "--unstable-detect-cjs", compiler, "-p", "src/main/web", "--pretty"));

        assertThat(check.exit()).as(check.output()).isZero();
    }

    @Test
    void shouldPassTheUnitTestsOfTheShell() throws Exception {
        var tests = "src/test/web";

        var run = deno(List.of(
                "test", "--allow-read", "--no-npm", "--no-remote", "--no-lock", "-c", tests + "/deno.json", tests));

        assertThat(run.exit()).as(run.output()).isZero();
        Matcher passed = PASSED.matcher(run.output());
        assertThat(passed.find()).as(run.output()).isTrue();
        assertThat(Integer.parseInt(passed.group(1))).as(run.output()).isPositive();
    }

    @Test
    void shouldLoadInFewAndSmallRequests() throws IOException {
        var first = firstLoad();

        int bytes = 0;
        for (Path file : first) {
            bytes += packedSize(Files.readAllBytes(file));
        }

        assertThat(first).hasSizeLessThanOrEqualTo(MAX_FIRST_LOAD_REQUESTS);
        assertThat(bytes).isPositive().isLessThanOrEqualTo(MAX_FIRST_LOAD_BYTES);
    }

    @Test
    void shouldNameNothingOutsideAndRunNothingInline() throws IOException {
        var page = Files.readString(OUTPUT.resolve("index.html"));

        assertThat(page).doesNotContain("http:", "https:", "<style", "style=", "onload=");
        assertThat(Pattern.compile("<script(?![^>]*src=)").matcher(page).find()).isFalse();
    }

    @Test
    void shouldNeverTurnTextIntoMarkup() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/web"))) {
            assertThat(sources.filter(file -> file.toString().endsWith(".ts")))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.readString(file))
                            .as(file.toString())
                            .doesNotContain(
                                    "innerHTML",
                                    "outerHTML",
                                    "insertAdjacentHTML",
                                    "unsafeHTML",
                                    "document.write",
                                    "eval("));
        }
    }

    @Test
    void shouldKeepEverySourceShort() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/web"))) {
            assertThat(sources.filter(Files::isRegularFile)
                            .filter(file -> !file.toString().endsWith(".png")))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.readAllLines(file))
                            .as(file.toString())
                            .hasSizeLessThanOrEqualTo(MAX_LINES));
        }
    }

    /** The page, and every file of ours that it names. */
    private static List<Path> firstLoad() throws IOException {
        var page = OUTPUT.resolve("index.html");
        var files = new ArrayList<>(List.of(page));
        Matcher named = Pattern.compile("(?:href|src)=\"/([^\"]+)\"").matcher(Files.readString(page));
        while (named.find()) {
            files.add(OUTPUT.resolve(named.group(1)));
        }
        return files;
    }

    private static int packedSize(byte[] content) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        }
        return packed.size();
    }

    private record Ended(int exit, String output) {}

    private static Ended deno(List<String> arguments) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(DENO), "SKIPPED: there is no Deno for this system, so the shell is not checked");
        var command = new ArrayList<>(List.of(DENO.toString()));
        command.addAll(arguments);
        var output = Files.createTempFile("mtor-web", ".log");
        try {
            var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().put("NO_COLOR", "1");
            builder.environment().put("DENO_NO_UPDATE_CHECK", "1");
            builder.environment()
                    .put("DENO_DIR", NODE_MODULES.resolveSibling("deno-cache").toString());
            var process = builder.start();
            try {
                assertThat(process.waitFor(MAX_SECONDS, TimeUnit.SECONDS))
                        .as("ended in time")
                        .isTrue();
            } finally {
                process.destroyForcibly();
            }
            return new Ended(process.exitValue(), Files.readString(output, UTF_8));
        } finally {
            Files.delete(output);
        }
    }
}
