package routes.deadletter;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import routes.archive.StorePath;
import routes.deadletter.Letter.StoredValue;

/**
 * Reads back what did not fit into a letter. A letter names its file as the application saw it, perhaps from another
 * working folder or under another data folder; what counts is the part of the path below the store's own folder, and
 * nothing outside that folder is ever read.
 */
public final class StoredValues {
    private final LetterFiles files;

    /** @param folder the store's: {@code dead-letters} in the data folder */
    public StoredValues(Path folder) {
        this(new LocalLetterFiles(folder, true));
    }

    public StoredValues(LetterFiles files) {
        this.files = files;
    }

    /**
     * Where the file is, if it is in the store.
     *
     * @throws LetterException if the store does not say
     */
    public Optional<String> find(StoredValue stored) {
        try {
            return find(stored.path()).map(files::place);
        } catch (IOException e) {
            throw new LetterException(e.getMessage());
        }
    }

    /** The settings that say where the store is. */
    public String settings() {
        return files.settings();
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
        try {
            String file = find(path).orElseThrow(() -> new NoSuchFileException(path));
            return files.read(file);
        } catch (NoSuchFileException e) {
            throw new LetterRefusedException("its stored value " + path + " is not in " + files.description() + "; "
                    + files.settings() + " must be that of the application");
        } catch (IOException e) {
            throw new LetterRefusedException("its stored value " + path + " cannot be read: " + e.getMessage());
        }
    }

    /** What follows the name of the store's folder, wherever in the path that first leads to a file. */
    private Optional<String> find(String text) throws IOException {
        List<String> parts = Arrays.asList(text.split("[/\\\\]", -1));
        for (int i = 0; i < parts.size() - 1; i++) {
            List<String> below = parts.subList(i + 1, parts.size());
            String path = String.join("/", below);
            if (parts.get(i).equals(files.name()) && below.stream().allMatch(StorePath::isName) && files.holds(path)) {
                return Optional.of(path);
            }
        }
        return Optional.empty();
    }
}
