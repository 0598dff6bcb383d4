// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Sizes and habits of the sources. */
class TidyTest {

    private static final Path ROOT = root();
    private static final int MAX_LINES = 400;
    private static final int MEDIAN_LINES = 80;
    private static final String LICENCE = "SPDX-License-Identifier: GPL-3.0-only";

    /** Words that hide what a class is for. */
    private static final Pattern VAGUE = Pattern.compile(".*(Manager|Helper|Util|Utils|Impl|Base|Data|Info)\\.java");

    private record Source(Path path, List<String> lines) {

        @Override
        public String toString() {
            return ROOT.relativize(path) + " (" + lines.size() + " lines)";
        }
    }

    @Test
    void shouldKeepFilesShort() {
        List<Source> sources = sources("java", "ts");

        assertThat(sources.stream().filter(source -> source.lines.size() > MAX_LINES))
                .isEmpty();
    }

    @Test
    void shouldKeepMostFilesVeryShort() {
        List<Integer> sizes = sources("java").stream()
                .filter(source -> source.path.toString().contains("/src/main/"))
                .map(source -> source.lines.size())
                .sorted()
                .toList();

        assertThat(sizes.get(sizes.size() / 2)).isLessThanOrEqualTo(MEDIAN_LINES);
    }

    @Test
    void shouldNameTheLicenceFirst() {
        assertThat(sources("java", "ts", "css", "sh").stream()
                        .filter(source -> source.lines.stream().limit(2).noneMatch(line -> line.contains(LICENCE))))
                .isEmpty();
    }

    @Test
    void shouldNameClassesByWhatTheyAreFor() {
        assertThat(sources("java").stream().filter(source -> VAGUE.matcher(
                                source.path.getFileName().toString())
                        .matches()))
                .isEmpty();
    }

    @Test
    void shouldLeaveNothingForLater() {
        Pattern later = Pattern.compile("\\b(TODO|FIXME|XXX|HACK)\\b");
        assertThat(sources("java", "ts").stream()
                        .filter(source -> !source.path.endsWith("TidyTest.java"))
                        .filter(source -> source.lines.stream()
                                .anyMatch(line -> later.matcher(line).find())))
                .isEmpty();
    }

    @Test
    void shouldWaitForConditionsRatherThanSleep() {
        Pattern sleep = Pattern.compile("Thread\\.sleep\\(|@Disabled");
        assertThat(sources("java").stream()
                        .filter(source -> !source.path.endsWith("TidyTest.java"))
                        .filter(source -> source.lines.stream()
                                .anyMatch(line -> sleep.matcher(line).find())))
                .isEmpty();
    }

    @Test
    void shouldSayWhatEachPackageIs() {
        List<Path> packages = sources("java").stream()
                .map(source -> source.path)
                .filter(path -> path.toString().contains("/src/main/java/"))
                .map(Path::getParent)
                .distinct()
                .toList();

        assertThat(packages).isNotEmpty().allSatisfy(each -> assertThat(each.resolve("package-info.java"))
                .isRegularFile());
    }

    private static List<Source> sources(String... endings) {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(TidyTest::isOurs)
                    .filter(path -> Stream.of(endings)
                            .anyMatch(ending -> path.toString().endsWith("." + ending)))
                    .map(TidyTest::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOurs(Path path) {
        String text = ROOT.relativize(path).toString();
        return Files.isRegularFile(path)
                && text.contains("src/")
                && !text.contains("target/")
                && !text.contains("node_modules");
    }

    private static Source read(Path path) {
        try {
            return new Source(path, Files.readAllLines(path));
        } catch (IOException e) {
            throw new UncheckedIOException(path.toString(), e);
        }
    }

    private static Path root() {
        return Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
                .filter(path -> Files.isRegularFile(path.resolve("LICENSE")))
                .findFirst()
                .orElseThrow();
    }
}
