package routes.archive;

import routes.kafka.LogId;

/**
 * What one file of the archive holds.
 *
 * @param path in its store
 * @param topic empty if neither the file nor its path says it
 * @param partition -1 if neither the file nor its path says it
 * @param firstOffset -1 in a file without records
 * @param lastOffset that counts; -1 in a file without records
 * @param records how many
 * @param bytes the file's size
 * @param firstTimeMillis time of the first record, milliseconds since 1970; -1 in a file without records
 * @param lastTimeMillis time of the last record
 * @param log which all of its records were read from
 * @param lostFrom the first offset of what its log has lost since, see {@link CurrentFiles}
 */
public record ArchiveFile(
        String path,
        String topic,
        int partition,
        long firstOffset,
        long lastOffset,
        long records,
        long bytes,
        long firstTimeMillis,
        long lastTimeMillis,
        LogId log,
        long lostFrom) {

    /** Of a file all of which counts. */
    public ArchiveFile(
            String path,
            String topic,
            int partition,
            long firstOffset,
            long lastOffset,
            long records,
            long bytes,
            long firstTimeMillis,
            long lastTimeMillis,
            LogId log) {
        this(
                path,
                topic,
                partition,
                firstOffset,
                lastOffset,
                records,
                bytes,
                firstTimeMillis,
                lastTimeMillis,
                log,
                Long.MAX_VALUE);
    }

    /** The same without the records from this offset on, which the log has lost. */
    ArchiveFile lostFrom(long offset) {
        return new ArchiveFile(
                path,
                topic,
                partition,
                firstOffset,
                offset - 1,
                records,
                bytes,
                firstTimeMillis,
                lastTimeMillis,
                log,
                offset);
    }

    /** Whether its log has lost some of its records; they still stand in it. */
    public boolean isCut() {
        return lostFrom < Long.MAX_VALUE;
    }

    boolean covers(long offset) {
        return firstOffset <= offset && offset <= lastOffset;
    }
}
