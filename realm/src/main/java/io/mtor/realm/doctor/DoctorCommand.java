// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.doctor;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Looks at this machine and says in words what is there, what is missing and what is wrong. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Say what is wrong with this machine, in words. Exit code 1 if a realm cannot run here.")
public final class DoctorCommand implements Callable<Integer> {

    @Option(names = "--port", defaultValue = "${MTOR_PORT:-8080}", description = "The port that a realm would use.")
    private int port = 8080;

    @Override
    public Integer call() throws InterruptedException {
        List<Finding> findings = new Examination(port).findings();
        findings.forEach(finding -> print(System.out, finding));
        boolean bad = findings.stream().anyMatch(finding -> finding.grade() == Finding.Grade.BAD);
        System.out.println(bad ? "A realm cannot run here yet." : "A realm can run here: mtor up");
        return bad ? 1 : 0;
    }

    private static void print(PrintStream out, Finding finding) {
        String mark =
                switch (finding.grade()) {
                    case GOOD -> "good   ";
                    case MISSING -> "missing";
                    case BAD -> "BAD    ";
                };
        out.printf("%s  %-15s %s%n", mark, finding.subject(), finding.what());
        if (!finding.advice().isEmpty()) {
            out.printf("%s  %-15s -> %s%n", " ".repeat(mark.length()), "", finding.advice());
        }
    }
}
