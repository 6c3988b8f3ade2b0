package routes.kafka;

/**
 * Which log a record was read from. An offset alone names no record: a broker can lose the end of a log and give its
 * offsets again, and a topic can be deleted and created.
 *
 * @param cluster the cluster's id; empty if it is not known
 * @param topic the topic's id; empty if it is not known
 * @param leaderEpoch of the record, −1 if it is not known; what follows on a lost end has a higher one
 */
public record LogId(String cluster, String topic, int leaderEpoch) {
    public static final LogId UNKNOWN = new LogId("", "", -1);

    /** Whether both are of one topic, as far as they say it. */
    public boolean isOfSameTopic(LogId other) {
        return mayBeSame(cluster, other.cluster) && mayBeSame(topic, other.topic);
    }

    private static boolean mayBeSame(String one, String other) {
        return one.isEmpty() || other.isEmpty() || one.equals(other);
    }
}
