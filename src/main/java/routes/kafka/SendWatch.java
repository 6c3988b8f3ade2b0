package routes.kafka;

import java.time.Duration;

/** Who looks on while records are sent again. */
public interface SendWatch {
    /** So many of {@code all} records are done with; told with 0 when the sending begins. */
    void progress(long done, long all);

    /** @return whether the sending is to end: at once when it is, otherwise after {@code time} */
    boolean stopWithin(Duration time);
}
