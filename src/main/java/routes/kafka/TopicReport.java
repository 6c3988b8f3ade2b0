package routes.kafka;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The catalogue beside a cluster, as {@link Topics} found it. Written as JSON it is the output of {@code topics list}.
 *
 * @param bootstrapServers the cluster
 * @param topics one per topic of the catalogue, in its order
 * @param extra topics of the cluster that are not in the catalogue, though they are named like ours
 */
public record TopicReport(String bootstrapServers, List<Entry> topics, List<String> extra) {
    /** What has become of a topic of the catalogue. */
    public enum State {
        /** As the catalogue says. */
        OK,
        /** Not on the cluster. */
        MISSING,
        /** On the cluster, but not as the catalogue says. */
        DIFFERS,
        /** Was missing, and has just been created. */
        CREATED;

        /** As people and JSON have it, in small letters. */
        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param partitions as the catalogue says, like {@code retention} and {@code purpose}
     * @param differences empty unless the state is {@link State#DIFFERS}
     */
    public record Entry(
            String name, int partitions, String retention, State state, List<Difference> differences, String purpose) {}

    /** @param setting {@code partitions}, or a topic configuration of Kafka */
    public record Difference(String setting, String expected, String found) {
        @Override
        public String toString() {
            return setting + " is " + found + ", expected " + expected;
        }
    }

    /** Names of the topics in {@code state}. */
    public List<String> in(State state) {
        return topics.stream()
                .filter(topic -> topic.state() == state)
                .map(Entry::name)
                .toList();
    }

    /** Whether every topic of the catalogue is on the cluster as it should be; extra topics do no harm. */
    public boolean matches() {
        return in(State.MISSING).isEmpty() && in(State.DIFFERS).isEmpty();
    }

    /** A table for people: one line per topic, under it one per difference, then one per extra topic. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        int width =
                topics.stream().mapToInt(topic -> topic.name().length()).max().orElse(0);
        String row = "%-" + width + "s  %10s  %-9s  %-7s  %s";
        lines.add(String.format(row, "TOPIC", "PARTITIONS", "RETENTION", "STATE", "PURPOSE"));
        for (Entry topic : topics) {
            lines.add(String.format(
                    row,
                    topic.name(),
                    topic.partitions(),
                    topic.retention(),
                    topic.state().label(),
                    topic.purpose()));
            topic.differences().forEach(difference -> lines.add("  " + difference));
        }
        extra.forEach(name -> lines.add(name + "  not in the catalogue"));
        return lines;
    }

    TopicReport withCreated(List<String> names) {
        Stream<Entry> marked = topics.stream()
                .map(topic -> names.contains(topic.name()) && topic.state() == State.OK
                        ? new Entry(
                                topic.name(),
                                topic.partitions(),
                                topic.retention(),
                                State.CREATED,
                                List.of(),
                                topic.purpose())
                        : topic);
        return new TopicReport(bootstrapServers, marked.toList(), extra);
    }
}
