package routes.rig;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;

/** Reads the times of recorded logs: ISO 8601 with any number of decimals up to 9, with a {@code T} or a blank. */
final class RecordingTime {
    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter();

    private RecordingTime() {}

    /**
     * @return milliseconds since 1970 UTC, rounded down; a time without an offset is UTC
     * @throws DateTimeException if it is no time
     */
    static long millis(String text) {
        TemporalAccessor time = FORMAT.parseBest(text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from);
        Instant instant = time instanceof OffsetDateTime withOffset
                ? withOffset.toInstant()
                : ((LocalDateTime) time).toInstant(ZoneOffset.UTC);
        return instant.toEpochMilli();
    }
}
