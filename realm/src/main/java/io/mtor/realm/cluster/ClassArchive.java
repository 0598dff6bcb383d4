// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The classes of the jar as the JVM keeps them in memory, so that a process starts with half of the processor time. One
 * process, which loads the most, writes them when it stops; the next cluster of the same jar starts with them.
 *
 * @param file beside the jar, named after the Java that wrote it
 * @param jar what it was made from; an archive that is older is none
 */
record ClassArchive(Path file, Path jar) {

    private static final String QUIETLY = "-Xlog:cds*=off";

    /** That of a class path; null if there can be none, because it is more than a jar. */
    static @Nullable ClassArchive of(String classPath) {
        Path jar = Path.of(classPath).toAbsolutePath();
        if (!jar.toString().endsWith(".jar") || !Files.isRegularFile(jar)) {
            return null;
        }
        return new ClassArchive(Path.of(jar + "-" + Runtime.version() + ".jsa"), jar);
    }

    /** The JVM's flags; {@code first} for the one process that writes what is not there yet. */
    List<String> flags(boolean first) {
        if (isFresh()) {
            return List.of(QUIETLY, "-XX:SharedArchiveFile=" + file);
        }
        boolean writes = first && Files.isWritable(jar.resolveSibling("."));
        return writes ? List.of(QUIETLY, "-XX:ArchiveClassesAtExit=" + written()) : List.of();
    }

    private boolean isFresh() {
        try {
            return Files.exists(file) && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(jar)) > 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** What the process wrote that was told to; whole as soon as the process has ended. */
    private Path written() {
        return Path.of(file + "." + ProcessHandle.current().pid());
    }

    /** Puts what was written in its place, all at once, so that nobody reads half of it. */
    void keep() {
        try {
            if (Files.exists(written())) {
                Files.move(written(), file, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            // Then the next start is as slow as this one was.
        }
    }
}
