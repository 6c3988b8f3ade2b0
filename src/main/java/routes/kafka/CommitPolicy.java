package routes.kafka;

import java.time.Duration;

/**
 * When a consumer commits what its batches owe.
 *
 * @param maxRecords a consumer never has more records handed over and not yet committed than this, or than one poll
 *     returns; 0: only the interval counts
 * @param interval the longest time for which a commit is owed, also when no record comes
 */
public record CommitPolicy(int maxRecords, Duration interval) {}
