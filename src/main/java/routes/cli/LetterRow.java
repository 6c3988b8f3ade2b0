package routes.cli;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import routes.deadletter.Letter;
import routes.deadletter.LetterId;

/**
 * What a list says of a dead letter; without its value, so that many can be kept. Ordered by time, then by place. Written as
 * JSON it is a line of {@code deadletters list --json}.
 *
 * @param originalTopic null if the letter does not say, as are the partition, the offset and the attempts
 * @param rig the key, printable; null if there is none
 * @param bytes of the original value
 */
record LetterRow(
        int partition,
        long offset,
        @JsonSerialize(using = ToStringSerializer.class) Instant time,
        String originalTopic,
        Integer originalPartition,
        Long originalOffset,
        String reason,
        Long attempts,
        long redriveCount,
        String rig,
        long bytes,
        boolean redriven)
        implements Comparable<LetterRow> {
    static final List<String> HEADING =
            List.of("letter", "written", "from", "reason", "attempts", "redrives", "rig", "bytes", "redriven");

    private static final Comparator<LetterRow> TIME_AND_PLACE = Comparator.comparing(LetterRow::time)
            .thenComparingInt(LetterRow::partition)
            .thenComparingLong(LetterRow::offset);
    private static final String NOT_SAID = "-";
    private static final int LONGEST_KEY = 40;

    static LetterRow of(Letter letter, boolean redriven) {
        return new LetterRow(
                letter.id().partition(),
                letter.id().offset(),
                letter.time(),
                letter.originalTopic().map(RecordLine::printable).orElse(null),
                letter.originalPartition().isPresent()
                        ? (Integer) letter.originalPartition().getAsInt()
                        : null,
                letter.originalOffset().isPresent()
                        ? (Long) letter.originalOffset().getAsLong()
                        : null,
                RecordLine.printable(letter.reason()),
                letter.attempts().isPresent() ? (Long) letter.attempts().getAsLong() : null,
                letter.redriveCount(),
                letter.key() == null ? null : RecordLine.printable(new String(letter.key(), StandardCharsets.UTF_8)),
                letter.bytes(),
                redriven);
    }

    @Override
    public int compareTo(LetterRow other) {
        return TIME_AND_PLACE.compare(this, other);
    }

    /** Under the {@link #HEADING}. */
    List<String> cells() {
        return List.of(
                new LetterId(partition, offset).toString(),
                time.toString(),
                originalTopic == null
                        ? NOT_SAID
                        : originalTopic + "/" + said(originalPartition) + "/" + said(originalOffset),
                reason,
                said(attempts),
                Long.toString(redriveCount),
                cut(said(rig)),
                String.format(Locale.ROOT, "%,d", bytes),
                redriven ? "yes" : "no");
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_KEY ? text : text.substring(0, LONGEST_KEY - 1) + "…";
    }

    private static String said(Object value) {
        return value == null ? NOT_SAID : value.toString();
    }
}
