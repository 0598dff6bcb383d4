// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.host;

import io.mtor.common.config.KeptFile;
import io.mtor.gateway.hosts.HostBook;
import io.mtor.gateway.hosts.HostBookFile;
import io.mtor.gateway.hosts.HostEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The book of hosts that a command reads and writes; gateways read it again every two seconds. */
final class Book {

    @Option(
            names = "--book",
            description = "The file that the gateways of this machine read (gateway.hosts.book). Without it,"
                    + " MTOR_GATEWAY_HOSTS_BOOK, or .mtor/hosts in the home directory.")
    private @Nullable Path path;

    HostBookFile file() {
        String given = System.getenv("MTOR_GATEWAY_HOSTS_BOOK");
        return new HostBookFile(path != null ? path : given != null ? Path.of(given) : KeptFile.usual("hosts"));
    }

    /** What it says; of a line that cannot be read is said which, and why. */
    HostBook read() throws IOException {
        HostBookFile file = file();
        var book = new HostBook();
        for (String line : file.read()) {
            try {
                book.add(HostEntry.parse(line));
            } catch (IllegalArgumentException e) {
                System.err.println("mtor host: passed over in " + file.path() + ": " + e.getMessage() + ": " + line);
            }
        }
        return book;
    }

    /** Writes what an operator rules on a host; one that nobody has seen may be ruled on as well. */
    int rule(HostEntry.Verb verb, String mark, String note) throws IOException {
        HostBook book = read();
        HostEntry entry = book.rule(verb, mark, note, Instant.now());
        if (book.arrival(mark) == null) {
            System.err.println("mtor host: no host with the mark " + mark + " has come yet, as far as " + file().path()
                    + " knows");
        }
        file().append(List.of(entry));
        System.out.println(entry.line());
        return 0;
    }
}
