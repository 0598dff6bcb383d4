// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.command;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The programs of this host. */
public final class Programs {

    private Programs() {}

    /**
     * The file of a program: as it is named, or on the search path.
     *
     * @param searchPath as in the variable {@code PATH}
     */
    public static Optional<Path> find(String program, String searchPath) {
        if (program.contains("/") || program.contains(File.separator)) {
            return Optional.of(Path.of(program)).filter(Files::isExecutable);
        }
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(searchPath)
                .filter(folder -> !folder.isEmpty())
                .flatMap(folder -> Stream.of(Path.of(folder, program), Path.of(folder, program + ".exe")))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }
}
