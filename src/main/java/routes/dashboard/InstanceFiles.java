package routes.dashboard;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import routes.settings.ConfigurationException;
import routes.settings.PrivateFiles;

/**
 * What a running instance leaves in {@code data.dir/api} for the commands of this machine's user: {@code url}, where it
 * answers, and {@code token}, unless the user has chosen one. Only the owner can read them. They go when it ends.
 */
public final class InstanceFiles implements AutoCloseable {
    private static final String FOLDER = "api";
    private static final String URL = "url";
    private static final String TOKEN = "token";

    private final Map<Path, String> written = new LinkedHashMap<>();

    private InstanceFiles() {}

    /**
     * @param token empty if the user has chosen one; what a former run may have left of its own goes
     * @throws ConfigurationException if they cannot be written
     */
    static InstanceFiles write(Path dataFolder, String url, Optional<Token> token) {
        Path folder = dataFolder.resolve(FOLDER);
        InstanceFiles files = new InstanceFiles();
        try {
            PrivateFiles.folders(folder);
            Files.deleteIfExists(folder.resolve(TOKEN));
            if (token.isPresent()) {
                files.write(folder.resolve(TOKEN), token.get().text());
            }
            files.write(folder.resolve(URL), url);
            return files;
        } catch (IOException e) {
            throw new ConfigurationException("the folder " + folder + " (data.dir) cannot be written: " + e);
        }
    }

    /** The readers see the whole of it or nothing, and nobody else sees it at any time. */
    private void write(Path file, String text) throws IOException {
        Path unfinished =
                Files.createTempFile(file.getParent(), file.getFileName().toString(), ".tmp", ownersOnly());
        Files.writeString(unfinished, text + "\n");
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        written.put(file, text);
    }

    private static FileAttribute<?>[] ownersOnly() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** Where the instance with this data folder answers, as in {@code http://127.0.0.1:8081}; empty if it does not say. */
    public static Optional<String> url(Path dataFolder) {
        return read(dataFolder.resolve(FOLDER).resolve(URL));
    }

    /** The token that the instance with this data folder made for itself. */
    public static Optional<String> token(Path dataFolder) {
        return read(dataFolder.resolve(FOLDER).resolve(TOKEN));
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException noneOrNotOurs) {
            return Optional.empty();
        }
    }

    /** Removes them, unless another instance with the same folder has written its own meanwhile. */
    @Override
    public void close() throws IOException {
        for (Map.Entry<Path, String> file : written.entrySet()) {
            if (read(file.getKey()).equals(Optional.of(file.getValue()))) {
                Files.deleteIfExists(file.getKey());
            }
        }
    }
}
