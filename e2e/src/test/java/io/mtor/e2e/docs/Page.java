// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A document in Markdown. */
record Page(Path file, String text) {

    static final Path ROOT = root();

    private static final Pattern LINK = Pattern.compile("\\[([^\\[\\]]*)]\\(([^()\\s]+)\\)");

    private static final Pattern FENCED = Pattern.compile("```.*?```", Pattern.DOTALL);

    /** A link: what it shows and where it leads. */
    record Link(String label, String target) {

        boolean leadsOut() {
            return target.contains("://") || target.startsWith("mailto:");
        }

        /** The part behind {@code #}; empty without one. */
        String anchor() {
            int hash = target.indexOf('#');
            return hash < 0 ? "" : target.substring(hash + 1);
        }

        private String path() {
            return target.replaceAll("#.*", "");
        }
    }

    static Page of(String path) {
        return read(ROOT.resolve(path));
    }

    /** All documents of the repository, in order. */
    static List<Page> all() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !ROOT.relativize(file).toString().matches("(.*/)?(target|node_modules|\\.git)/.*"))
                    .sorted()
                    .map(Page::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Page read(Path file) {
        try {
            return new Page(file, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    List<String> lines() {
        return text.lines().toList();
    }

    /** Its links; what stands in a block of code is none. */
    List<Link> links() {
        return LINK.matcher(FENCED.matcher(text).replaceAll(""))
                .results()
                .map(found -> new Link(found.group(1), found.group(2)))
                .toList();
    }

    /** Where a link of this page leads. */
    Path follow(Link link) {
        return link.path().isEmpty() ? file : file.resolveSibling(link.path()).normalize();
    }

    /** The names under which its headings can be linked to. */
    List<String> anchors() {
        return FENCED.matcher(text)
                .replaceAll("")
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(heading -> heading.replaceAll("^#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    @Override
    public String toString() {
        return ROOT.relativize(file).toString();
    }

    private static Path root() {
        return Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
                .filter(path -> Files.isRegularFile(path.resolve("LICENSE")))
                .findFirst()
                .orElseThrow();
    }
}
