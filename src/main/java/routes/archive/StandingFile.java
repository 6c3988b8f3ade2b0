package routes.archive;

import java.io.IOException;

/** A file of the archive that is gone through beside the topic, to see whether it holds what the topic has now. */
final class StandingFile implements AutoCloseable {
    private final ArchiveFile file;
    private final CaptureReader reader;
    private final boolean created;
    private CapturedRecord at;

    private StandingFile(ArchiveFile file, CaptureReader reader, boolean created) {
        this.file = file;
        this.reader = reader;
        this.created = created;
    }

    /** @param created whether it has just been put there */
    static StandingFile open(ArchiveStore store, String path, boolean created) throws IOException {
        ArchiveFile file = CaptureReader.describe(store, path);
        StandingFile opened = new StandingFile(file, CaptureReader.open(store, path), created);
        try {
            opened.at = opened.reader.next();
            return opened;
        } catch (IOException e) {
            opened.close();
            throw e;
        }
    }

    ArchiveFile file() {
        return file;
    }

    boolean wasCreated() {
        return created;
    }

    boolean beginsWith(CapturedRecord record) {
        return at != null && at.isSame(record);
    }

    /** Whether it holds this record; to be asked in the order of offsets. */
    boolean holds(CapturedRecord record) throws IOException {
        while (at != null && at.offset() < record.offset()) {
            at = reader.next();
        }
        return at != null && at.isSame(record);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
