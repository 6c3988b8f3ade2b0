package routes.archive;

import routes.kafka.LogId;

/**
 * What one file of the archive holds.
 *
 * @param path in its store
 * @param topic empty if neither the file nor its path says it
 * @param partition -1 if neither the file nor its path says it
 * @param firstOffset -1 in a file without records
 * @param lastOffset -1 in a file without records
 * @param records how many
 * @param bytes the file's size
 * @param firstTimeMillis time of the first record, milliseconds since 1970; -1 in a file without records
 * @param lastTimeMillis time of the last record
 * @param log which all of its records were read from
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
        LogId log) {

    /** The same without what stands behind this offset. */
    ArchiveFile upTo(long offset) {
        return new ArchiveFile(
                path, topic, partition, firstOffset, offset, records, bytes, firstTimeMillis, lastTimeMillis, log);
    }

    boolean covers(long offset) {
        return firstOffset <= offset && offset <= lastOffset;
    }
}
