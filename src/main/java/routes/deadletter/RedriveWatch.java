package routes.deadletter;

import java.time.Duration;

/** Who looks on while letters are redriven. */
public interface RedriveWatch {
    /** So many of {@code all} letters are sent or refused; told with 0 when the sending begins, then after each batch. */
    void progress(long done, long all);

    /** @return whether the run is to end: at once when it is, otherwise after {@code time} */
    boolean stopWithin(Duration time);
}
