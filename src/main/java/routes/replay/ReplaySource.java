package routes.replay;

import java.util.List;
import java.util.Optional;

/** Gives the records of a replay, of each partition in order, of all partitions the oldest by timestamp first. */
interface ReplaySource extends AutoCloseable {
    /** Whether every record of the range has been given. */
    boolean isDone();

    /**
     * @return the next record; empty if none has come for the moment, or if there is no more
     * @throws ReplayException if the records cannot be read on
     */
    Optional<Original> next();

    /** What could not be given while the rest went on, one sentence each. */
    List<String> problems();

    @Override
    void close();
}
