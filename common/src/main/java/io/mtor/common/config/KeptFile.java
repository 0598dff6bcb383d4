// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.config;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** A small text that a program makes once and keeps, in a file that only its owner can read. */
public final class KeptFile {

    /** A lock that nobody holds on to is given up with its channel. */
    private static final List<FileLock> CLAIMED = new CopyOnWriteArrayList<>();

    private KeptFile() {}

    /** Where a file of this name is kept if nobody says otherwise. */
    public static Path usual(String name) {
        return Path.of(System.getProperty("user.home"), ".mtor", name);
    }

    /**
     * Reads it, or makes it if it is not there. Of two that make it at once, the second gets what the first has made.
     *
     * @throws IOException naming the file, if it can be neither read nor made
     */
    public static String readOrMake(Path file, Supplier<String> text) throws IOException {
        try {
            if (Files.exists(file)) {
                return Files.readString(file).strip();
            }
            Path folder = file.toAbsolutePath().getParent();
            if (folder == null) {
                throw new IOException("it is no file");
            }
            Files.createDirectories(folder);
            Path made = Files.createTempFile(folder, ".mtor-", ".tmp", ownersOnly(folder));
            try {
                Files.writeString(made, text.get() + "\n");
                // A link, unlike a move, never takes the place of what another has made meanwhile.
                Files.createLink(file, made);
            } catch (FileAlreadyExistsException e) {
                return Files.readString(file).strip();
            } finally {
                Files.deleteIfExists(made);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new IOException("cannot keep " + file + ": " + e.getMessage(), e);
        }
    }

    /** True if no other process has claimed it; until this one ends, no other can. */
    public static boolean claim(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            return false;
        }
        CLAIMED.add(lock);
        return true;
    }

    private static FileAttribute<?>[] ownersOnly(Path folder) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
