package routes.deadletter;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import routes.archive.StorePath;
import routes.deadletter.Letter.Part;
import routes.deadletter.Letter.Stored;

/**
 * Reads back what did not fit into a letter. A letter names its file as the application saw it, perhaps from another
 * working folder or under another data folder; what counts is the end of the path, which is made of where the letter's
 * record stood. Nothing outside the store is ever read, and no letter has the file of another record read.
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
    public Optional<String> find(Letter letter, Stored stored) {
        Optional<String> own = own(letter, stored);
        try {
            return own.isPresent() && files.size(own.get()).isPresent() ? own.map(files::place) : Optional.empty();
        } catch (IOException e) {
            throw new LetterException(e.getMessage());
        }
    }

    /** The settings that say where the store is. */
    public String settings() {
        return files.settings();
    }

    /** @throws LetterRefusedException if the file is missing, is not what was written, or is not the letter's own */
    byte[] content(Letter letter, Stored stored) throws LetterRefusedException {
        String path = own(letter, stored)
                .orElseThrow(() -> new LetterRefusedException(named(stored) + " is not a file of its own record "
                        + (letter.origin().isEmpty() ? "(it does not say which one it is)" : letter.origin())));
        byte[] content = read(path, stored);
        String found = OversizeStore.sha256(content);
        if (!found.equals(stored.sha256())) {
            throw new LetterRefusedException(
                    named(stored) + " is not what was stored: SHA-256 " + found + ", expected " + stored.sha256());
        }
        return content;
    }

    /**
     * A header that an earlier version kept beside the value, in a file of its own.
     *
     * @throws LetterRefusedException if the file is missing, or is not the letter's own
     */
    byte[] header(Letter letter, Stored value, String name) throws LetterRefusedException {
        String file = "." + name.replaceAll("[^A-Za-z0-9._-]", "_");
        String path = own(letter, value)
                .orElseThrow(() -> new LetterRefusedException(named(value) + " is not a file of its own record"));
        return read(path + file, new Stored(Part.HEADERS, value.path() + file, "", -1));
    }

    private byte[] read(String path, Stored stored) throws LetterRefusedException {
        try {
            OptionalLong size = files.size(path);
            if (size.isPresent() && stored.bytes() >= 0 && size.getAsLong() != stored.bytes()) {
                throw new LetterRefusedException(named(stored) + " is not what was stored: " + size.getAsLong()
                        + " bytes, expected " + stored.bytes());
            }
            return files.read(path);
        } catch (NoSuchFileException e) {
            throw new LetterRefusedException(named(stored) + " is not in " + files.description() + "; "
                    + files.settings() + " must be that of the application");
        } catch (IOException e) {
            throw new LetterRefusedException(named(stored) + " cannot be read: " + e.getMessage());
        }
    }

    private static String named(Stored stored) {
        return "its stored " + stored.part().word() + " " + stored.path();
    }

    /** The path below the store's folder, if the letter's path ends in the name that a file of its record has. */
    private static Optional<String> own(Letter letter, Stored stored) {
        String own = letter.origin() + stored.part().extension();
        boolean names = Arrays.stream(own.split("/", -1)).allMatch(StorePath::isName);
        boolean ends = ("/" + stored.path().replace('\\', '/')).endsWith("/" + own);
        return !letter.origin().isEmpty() && names && ends ? Optional.of(own) : Optional.empty();
    }
}
