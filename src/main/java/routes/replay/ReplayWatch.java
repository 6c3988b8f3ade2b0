package routes.replay;

import java.time.Duration;

/** Who looks on during a replay. */
public interface ReplayWatch {
    /** So many of about {@code all} records are sent; told with 0 when the sending begins, then after each record. */
    void progress(long done, long all);

    /** @return whether the replay is to end: at once when it is, otherwise after {@code time} */
    boolean stopWithin(Duration time);
}
