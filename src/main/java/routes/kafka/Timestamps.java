package routes.kafka;

import java.time.Instant;

/** Times as Kafka has them: milliseconds since 1970, from 0 on; what is less means something else to it. */
public final class Timestamps {
    private static final Instant LAST = Instant.ofEpochMilli(Long.MAX_VALUE);

    private Timestamps() {}

    /** The nearest that Kafka has: 0 for a time before 1970, and the last there is for one that is even later. */
    public static long of(Instant time) {
        if (time.isBefore(Instant.EPOCH)) {
            return 0;
        }
        return time.isAfter(LAST) ? Long.MAX_VALUE : time.toEpochMilli();
    }
}
