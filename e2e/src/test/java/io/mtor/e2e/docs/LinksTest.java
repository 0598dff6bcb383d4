// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.e2e.docs.Page.Link;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LinksTest {

    /** A label such as {@code `Matchmaker.place`}: a type, and something in it. */
    private static final Pattern MEMBER = Pattern.compile("`(\\w+)\\.([a-z]\\w*)`");

    @Test
    void shouldLeadSomewhere() {
        List<Page> pages = Page.all();

        assertThat(pages).isNotEmpty().allSatisfy(page -> assertThat(page.links())
                .filteredOn(link -> !link.leadsOut())
                .allSatisfy(link -> assertThat(page.follow(link)).exists()));
    }

    @Test
    void shouldLeadToHeadingsThatAreThere() {
        assertThat(Page.all()).allSatisfy(page -> assertThat(page.links())
                .filteredOn(link -> !link.leadsOut() && !link.anchor().isEmpty())
                .allSatisfy(link -> assertThat(new Page(page.follow(link), read(page.follow(link))).anchors())
                        .contains(link.anchor())));
    }

    @Test
    void shouldFindTheFunctionsThatTheDocumentsName() {
        assertThat(Page.all()).allSatisfy(page -> assertThat(page.links())
                .filteredOn(link -> link.target().endsWith(".java"))
                .allSatisfy(link -> assertThat(isThere(page, link))
                        .as(link.label() + " in " + link.target())
                        .isTrue()));
    }

    private static boolean isThere(Page page, Link link) {
        Matcher member = MEMBER.matcher(link.label());
        if (!member.matches()) {
            return true;
        }
        String source = read(page.follow(link));
        Pattern type = Pattern.compile("(class|interface|record|enum) " + member.group(1) + "\\b");
        return type.matcher(source).find()
                && Pattern.compile("\\b" + member.group(2) + "\\(")
                        .matcher(source)
                        .find();
    }

    @Test
    void shouldReachEveryDocumentFromTheIndexes() throws IOException {
        for (String folder : List.of("docs", "docs/adr", "docs/operating")) {
            Page index = Page.of(folder + "/README.md");
            List<Path> reached = index.links().stream().map(index::follow).toList();
            try (Stream<Path> files = Files.list(Page.ROOT.resolve(folder))) {
                assertThat(files.filter(file -> file.toString().endsWith(".md"))
                                .filter(file -> !file.equals(index.file())))
                        .allSatisfy(file -> assertThat(reached).contains(file));
            }
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
