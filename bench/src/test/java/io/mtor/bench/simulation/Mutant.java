// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * A fault planted in one source file of the product: compiled alone, and loaded before the rest.
 *
 * @param from what stands in the file, exactly once
 * @param where the kinds of faults without which it hardly shows, with spaces between
 */
record Mutant(String name, Path file, String from, String to, String where) {

    /** All of them. */
    static List<Mutant> all() throws IOException {
        List<Mutant> mutants = new ArrayList<>();
        String text;
        try (var in = Mutant.class.getResourceAsStream("/mutants.txt")) {
            text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
        for (String block : text.split("\n\n")) {
            if (!block.startsWith("#")) {
                mutants.add(parse(block.strip()));
            }
        }
        return mutants;
    }

    private static Mutant parse(String block) {
        int file = block.indexOf('\n');
        int from = block.indexOf("\n- ", file + 1);
        int to = block.indexOf("\n+ ", from + 1);
        int where = block.indexOf("\n? ", to + 1);
        return new Mutant(
                block.substring(0, file),
                root().resolve(block.substring(file + 1, from)),
                block.substring(from + 3, to),
                block.substring(to + 3, where < 0 ? block.length() : where),
                where < 0 ? "" : block.substring(where + 3));
    }

    private static Path root() {
        return Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
                .filter(path -> Files.isRegularFile(path.resolve("LICENSE")))
                .findFirst()
                .orElseThrow();
    }

    /**
     * The product with this fault in it.
     *
     * @throws AssertionError if the fault does not fit the source any more
     */
    ClassLoader planted(Path into) {
        try {
            String source = Files.readString(file);
            int at = source.indexOf(from);
            if (at < 0 || source.indexOf(from, at + 1) >= 0) {
                throw new AssertionError("\"" + from + "\" must stand exactly once in " + file);
            }
            Path changed = into.resolve(file.getFileName());
            Files.writeString(changed, source.replace(from, to));
            int rc = ToolProvider.getSystemJavaCompiler()
                    .run(
                            null,
                            null,
                            null,
                            "-proc:none",
                            "-nowarn",
                            "-cp",
                            System.getProperty("java.class.path"),
                            "-d",
                            into.toString(),
                            changed.toString());
            if (rc != 0) {
                throw new AssertionError("the mutant does not compile: " + name);
            }
            return loader(into);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The product, with what is in this folder before everything else. */
    static ClassLoader loader(Path first) throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        urls.add(first.toUri().toURL());
        for (String entry : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }
}
