package routes.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;

/**
 * The files of one namespace that stand in the store, as the tap asks for them. A file's name is the second of its first
 * record, or the next second that is free, so that whoever archives the same record finds the same name.
 */
final class StandingFiles {
    /** With so many names taken in a row something else writes there. */
    private static final int NAMES_TRIED = 86_400;

    private final ArchiveStore store;
    private final String namespace;

    StandingFiles(ArchiveStore store, String namespace) {
        this.store = store;
        this.namespace = namespace;
    }

    /** The file that begins with this very record. */
    Optional<ArchiveFile> beginningWith(CapturedRecord record) throws IOException {
        CapturePath name = name(record);
        for (int second = 0; second < NAMES_TRIED; second++) {
            String path = name.later(second).toString();
            if (!stands(path)) {
                return Optional.empty();
            }
            if (beginsWith(path, record)) {
                return Optional.of(CaptureReader.describe(store, path));
            }
        }
        throw tooMany(name);
    }

    /** Of the record's partition, the file with the latest name. */
    Optional<ArchiveFile> newest(CapturedRecord record) throws IOException {
        Iterator<String> paths = latestFirst(record);
        try {
            return paths.hasNext() ? Optional.of(CaptureReader.describe(store, paths.next())) : Optional.empty();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** The file that holds this very record, wherever in it. Opens one file after another, the latest first. */
    Optional<ArchiveFile> holding(CapturedRecord record) throws IOException {
        try {
            for (Iterator<String> paths = latestFirst(record); paths.hasNext(); ) {
                ArchiveFile file = CaptureReader.describe(store, paths.next());
                if (file.firstOffset() <= record.offset() && record.offset() <= file.lastOffset()) {
                    return holds(file.path(), record) ? Optional.of(file) : Optional.empty();
                }
            }
            return Optional.empty();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * Puts a finished file under the first free name.
     *
     * @return the file that now stands for its records: this one, or one that begins with the same record and stood
     *     there before
     */
    ArchiveFile put(Path content) throws IOException {
        CapturedRecord first = firstOf(content);
        CapturePath name = name(first);
        for (int second = 0; second < NAMES_TRIED; second++) {
            String path = name.later(second).toString();
            if (store.createIfAbsent(path, content) || beginsWith(path, first)) {
                return CaptureReader.describe(store, path);
            }
        }
        throw tooMany(name);
    }

    private CapturePath name(CapturedRecord first) {
        return CapturePath.of(namespace, first.topic(), first.partition(), first.timestampMillis());
    }

    private Iterator<String> latestFirst(CapturedRecord record) {
        return StoreWalk.descending(store, CapturePath.folder(namespace, record.topic(), record.partition()))
                .filter(path -> CapturePath.parse(path).isPresent())
                .iterator();
    }

    private boolean stands(String path) throws IOException {
        try {
            store.size(path);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static CapturedRecord firstOf(Path content) throws IOException {
        try (CaptureReader reader =
                new CaptureReader(java.nio.file.Files.newInputStream(content), content.toString())) {
            return reader.next();
        }
    }

    private boolean beginsWith(String path, CapturedRecord record) throws IOException {
        try (CaptureReader reader = CaptureReader.open(store, path)) {
            CapturedRecord first = reader.next();
            return first != null && isSame(first, record);
        }
    }

    private boolean holds(String path, CapturedRecord record) throws IOException {
        try (CaptureReader reader = CaptureReader.open(store, path)) {
            CapturedRecord found = reader.next();
            while (found != null && found.offset() < record.offset()) {
                found = reader.next();
            }
            return found != null && isSame(found, record);
        }
    }

    /** A topic that was made again has the same offsets, with other records. */
    private static boolean isSame(CapturedRecord one, CapturedRecord other) {
        return one.offset() == other.offset()
                && one.timestampMillis() == other.timestampMillis()
                && Arrays.equals(one.key(), other.key())
                && Arrays.equals(one.value(), other.value());
    }

    private static ArchiveException tooMany(CapturePath name) {
        return new ArchiveException(name + ": this name and the " + (NAMES_TRIED - 1)
                + " after it are taken by files with other first records; set another archive.namespace");
    }
}
