package routes.settings;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Makes folders and files that only their owner can use, where the file system knows such rights (POSIX). What is there
 * already keeps the rights that it has.
 */
public final class PrivateFiles {
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

    private PrivateFiles() {}

    /** Makes the folder, and those above it, that are missing. */
    public static Path folders(Path folder) throws IOException {
        return Files.createDirectories(folder, rights(folder, FOLDER));
    }

    /** Makes a folder that must not be there. */
    public static Path folder(Path folder) throws IOException {
        return Files.createDirectory(folder, rights(folder, FOLDER));
    }

    /** Opens a file, and makes it if the options say so. */
    public static FileChannel open(Path file, OpenOption... options) throws IOException {
        return FileChannel.open(file, Set.of(options), rights(file, FILE));
    }

    /** Whether the folder is there and others than its owner have rights on it. */
    public static boolean isOpenToOthers(Path folder) throws IOException {
        return Files.isDirectory(folder)
                && knowsRights(folder)
                && !FOLDER.containsAll(Files.getPosixFilePermissions(folder));
    }

    private static FileAttribute<?>[] rights(Path path, Set<PosixFilePermission> rights) {
        return knowsRights(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(rights)}
                : new FileAttribute<?>[0];
    }

    private static boolean knowsRights(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
