// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.host;

import io.mtor.gateway.hosts.HostBook;
import io.mtor.gateway.hosts.HostEntry;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints what the book says of each host. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = {
            "List the hosts that have come, or that an operator has ruled on.",
            "New is one that nobody has ruled on; it is in unless gateways want approval (gateway.hosts.approval)."
        })
final class ListCommand implements Callable<Integer> {

    private static final String ROW = "%-12s  %-8s  %-20s  %s%n";

    @Mixin
    private Book book = new Book();

    @Override
    public Integer call() {
        try {
            HostBook read = book.read();
            if (read.marks().isEmpty()) {
                System.err.println("mtor host list: no host has come yet, as far as "
                        + book.file().path() + " knows");
            } else {
                System.out.printf(ROW, "MARK", "STATE", "SINCE", "TOKEN, REASON");
                read.marks().forEach(mark -> print(read, mark));
            }
            return 0;
        } catch (IOException e) {
            System.err.println("mtor host list: " + e.getMessage());
            return 1;
        }
    }

    private static void print(HostBook book, String mark) {
        HostEntry ruling = book.ruling(mark);
        HostEntry arrival = book.arrival(mark);
        HostEntry last = ruling == null ? arrival : ruling;
        String token = arrival == null ? "" : arrival.note();
        String why = ruling == null || ruling.note().isEmpty() ? "" : ", " + ruling.note();
        System.out.printf(
                ROW,
                mark,
                ruling == null ? "new" : ruling.verb(),
                last == null ? "" : last.at().truncatedTo(ChronoUnit.SECONDS),
                token + why);
    }
}
