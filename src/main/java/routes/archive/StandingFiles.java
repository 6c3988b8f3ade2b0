package routes.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of one namespace that stand in the store, as the tap asks for them. A file's name is the second of its first
 * record, or the next second that is free, so that whoever archives the same record finds the same name.
 */
final class StandingFiles {
    /** With so many names taken in a row something else writes there. */
    private static final int NAMES_TRIED = 86_400;
    /** The longest that a setting allows: the file that holds a record begins at most so long before it. */
    private static final Duration LONGEST_WINDOW = Duration.ofHours(1);

    private final ArchiveStore store;
    private final String namespace;

    StandingFiles(ArchiveStore store, String namespace) {
        this.store = store;
        this.namespace = namespace;
    }

    /** The file that begins with this very record, at its beginning. */
    Optional<StandingFile> beginningWith(CapturedRecord record) throws IOException {
        CapturePath name = name(record);
        for (int second = 0; second < NAMES_TRIED; second++) {
            String path = name.later(second).toString();
            if (!stands(path)) {
                return Optional.empty();
            }
            StandingFile file = StandingFile.open(store, path, false);
            if (file.beginsWith(record)) {
                return Optional.of(file);
            }
            file.close();
        }
        throw tooMany(name);
    }

    /** The first offset of the record's partition that was not removed from the archive. */
    long removedTo(CapturedRecord record) throws IOException {
        return store.removed().next(folder(record), record.log());
    }

    /** Of the record's partition, the file with the latest name. */
    Optional<ArchiveFile> newest(CapturedRecord record) throws IOException {
        try {
            Iterator<String> paths = names(StoreWalk.descending(store, folder(record)));
            return paths.hasNext() ? Optional.of(CaptureReader.describe(store, paths.next())) : Optional.empty();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * The file that holds this very record, at that record. Names are times, and clocks are set back: only what a file
     * says counts, and every file is asked that may have been begun before the record came.
     */
    Optional<StandingFile> holding(CapturedRecord record) throws IOException {
        try {
            String folder = folder(record);
            Iterator<String> before =
                    names(StoreWalk.descendingFrom(store, folder, name(record).toString()));
            Optional<StandingFile> likely = before.hasNext() ? ifHolding(before.next(), record) : Optional.empty();
            if (likely.isPresent()) {
                return likely;
            }
            for (String path : namesSince(folder, name(record).later((int) -LONGEST_WINDOW.toSeconds() - 1))) {
                Optional<StandingFile> file = ifHolding(path, record);
                if (file.isPresent()) {
                    return file;
                }
            }
            return Optional.empty();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private List<String> namesSince(String folder, CapturePath oldest) {
        List<String> paths = new ArrayList<>();
        for (Iterator<String> names = names(StoreWalk.descending(store, folder)); names.hasNext(); ) {
            String path = names.next();
            if (CapturePath.parse(path).orElseThrow().second() < oldest.second()) {
                return paths;
            }
            paths.add(path);
        }
        return paths;
    }

    private Optional<StandingFile> ifHolding(String path, CapturedRecord record) throws IOException {
        if (!CaptureReader.describe(store, path).covers(record.offset())) {
            return Optional.empty();
        }
        StandingFile file = StandingFile.open(store, path, false);
        if (file.holds(record)) {
            return Optional.of(file);
        }
        file.close();
        return Optional.empty();
    }

    /**
     * Puts a finished file under the first free name.
     *
     * @return the file that now stands for its records, at its beginning: this one, or one that begins with the same
     *     record and stood there before
     */
    StandingFile put(Path content) throws IOException {
        CapturedRecord first = firstOf(content);
        CapturePath name = name(first);
        for (int second = 0; second < NAMES_TRIED; second++) {
            String path = name.later(second).toString();
            boolean created = store.createIfAbsent(path, content);
            StandingFile stands = StandingFile.open(store, path, created);
            if (created || stands.beginsWith(first)) {
                return stands;
            }
            stands.close();
        }
        throw tooMany(name);
    }

    /** Whether a file that stood before holds what this one does, as far as it goes. */
    static boolean isSame(StandingFile before, Path content) throws IOException {
        try (CaptureReader reader = read(content)) {
            CapturedRecord record = reader.next();
            while (record != null && record.offset() <= before.file().lastOffset()) {
                if (!before.holds(record)) {
                    return false;
                }
                record = reader.next();
            }
            return true;
        }
    }

    private static CapturedRecord firstOf(Path content) throws IOException {
        try (CaptureReader reader = read(content)) {
            return reader.next();
        }
    }

    private static CaptureReader read(Path content) throws IOException {
        return new CaptureReader(Files.newInputStream(content), content.toString());
    }

    private CapturePath name(CapturedRecord first) {
        return CapturePath.of(namespace, first.topic(), first.partition(), first.timestampMillis());
    }

    private String folder(CapturedRecord record) {
        return CapturePath.folder(namespace, record.topic(), record.partition());
    }

    private static Iterator<String> names(Stream<String> paths) {
        return paths.filter(path -> CapturePath.parse(path).isPresent()).iterator();
    }

    private boolean stands(String path) throws IOException {
        try {
            store.size(path);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static ArchiveException tooMany(CapturePath name) {
        return new ArchiveException(name + ": this name and the " + (NAMES_TRIED - 1)
                + " after it are taken by files with other first records; set another archive.namespace");
    }
}
