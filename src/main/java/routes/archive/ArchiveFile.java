package routes.archive;

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
        long lastTimeMillis) {}
