package routes.deadletter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import routes.deadletter.Letter.StoredValue;

/**
 * Reads back what did not fit into a letter. A letter names its file as the application saw it, perhaps from another
 * working folder or under another data folder; what counts is the part of the path below the store's own folder, and
 * nothing outside that folder is ever read.
 */
public final class StoredValues {
    private final Path folder;

    /** @param folder the store's: {@code dead-letters} in the data folder */
    public StoredValues(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** The file here, if there is one. */
    public Optional<Path> find(StoredValue stored) {
        return find(stored.path());
    }

    /** @throws LetterRefusedException if the file is missing or is not what was written */
    byte[] value(StoredValue stored) throws LetterRefusedException {
        byte[] value = read(stored.path());
        String found = OversizeStore.sha256(value);
        if (!found.equals(stored.sha256())) {
            throw new LetterRefusedException("its stored value " + stored.path() + " is not what was stored: SHA-256 "
                    + found + ", expected " + stored.sha256());
        }
        return value;
    }

    /** @throws LetterRefusedException if the file is missing */
    byte[] header(StoredValue stored, String name) throws LetterRefusedException {
        return read(OversizeStore.pathOfHeader(stored.path(), name));
    }

    private byte[] read(String path) throws LetterRefusedException {
        Path file = find(path)
                .orElseThrow(() -> new LetterRefusedException("its stored value " + path + " is not in " + folder
                        + "; data.dir must be that of the application"));
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new LetterRefusedException("its stored value " + file + " cannot be read: " + e);
        }
    }

    private Optional<Path> find(String text) {
        try {
            Path path = Path.of(text);
            return IntStream.range(0, path.getNameCount() - 1)
                    .filter(i -> path.getName(i).equals(folder.getFileName()))
                    .mapToObj(i -> folder.resolve(path.subpath(i + 1, path.getNameCount()))
                            .normalize())
                    .filter(file -> file.startsWith(folder) && Files.isRegularFile(file))
                    .findFirst();
        } catch (InvalidPathException notOne) {
            return Optional.empty();
        }
    }
}
