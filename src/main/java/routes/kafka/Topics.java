package routes.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import routes.kafka.TopicReport.Difference;
import routes.kafka.TopicReport.Entry;
import routes.kafka.TopicReport.State;

/**
 * The catalogue against a cluster: says which topics are missing or different, and creates the missing ones. What
 * exists is never changed unless {@link #align} is called.
 *
 * <p>Every method throws {@link routes.settings.ConfigurationException} with one sentence that names the bootstrap
 * servers when the cluster cannot be reached, does not answer in time or refuses.
 */
public final class Topics implements AutoCloseable {
    private static final String PARTITIONS = "partitions";

    private final KafkaCluster cluster;
    private final Collection<Topic> catalogue;
    private final TopicLayout layout;

    private Topics(KafkaCluster cluster, Collection<Topic> catalogue, TopicLayout layout) {
        this.cluster = cluster;
        this.catalogue = catalogue;
        this.layout = layout;
    }

    /**
     * @param client settings of a Kafka client, with at least {@code bootstrap.servers}; 15 s are the default time to
     *     wait for an answer
     * @param catalogue the topics to look after
     */
    public static Topics connect(Map<String, Object> client, Collection<Topic> catalogue, TopicLayout layout) {
        return new Topics(new KafkaCluster(client), List.copyOf(catalogue), layout);
    }

    /**
     * @param client settings of a Kafka client, as for {@link #connect}
     * @return those of the names that the cluster does not have
     */
    public static Set<String> unknown(Map<String, Object> client, Collection<String> names) {
        try (KafkaCluster asked = new KafkaCluster(client)) {
            Set<String> unknown = new TreeSet<>(names);
            unknown.removeAll(asked.describe(names).keySet());
            return unknown;
        }
    }

    /** Looks at the topics of the catalogue, and at the names of all others. */
    public TopicReport compare() {
        return compare(extra());
    }

    /**
     * As {@link #compare()}, but asks for the topics of the catalogue only, for clients that may not list the others;
     * the report then knows of no extra topics.
     */
    public TopicReport compareNamed() {
        return compare(List.of());
    }

    /** Creates what is missing; returns how things stand then. */
    public TopicReport createMissing() {
        List<String> missing = compareNamed().in(State.MISSING);
        cluster.create(catalogue.stream()
                .filter(topic -> missing.contains(topic.name()))
                .map(topic -> new NewTopic(topic.name(), topic.partitions(), layout.replicas())
                        .configs(layout.configOf(topic)))
                .toList());
        return compare().withCreated(missing);
    }

    /**
     * Sets every configuration that differs to what is expected, as when the disk cap of the embedded broker has been
     * changed; for a cluster that belongs to this application alone. Partitions are not touched.
     *
     * @return what was changed, one line per setting
     */
    public List<String> align() {
        Map<String, Map<String, String>> changes = new LinkedHashMap<>();
        List<String> lines = new ArrayList<>();
        for (Entry topic : compareNamed().topics()) {
            for (Difference difference : topic.differences()) {
                if (!difference.setting().equals(PARTITIONS)) {
                    changes.computeIfAbsent(topic.name(), name -> new HashMap<>())
                            .put(difference.setting(), difference.expected());
                    lines.add(topic.name() + ": " + difference.setting() + " set from " + difference.found() + " to "
                            + difference.expected());
                }
            }
        }
        cluster.set(changes);
        return lines;
    }

    private TopicReport compare(List<String> extra) {
        Map<String, TopicDescription> found = cluster.describe(names());
        Map<String, Config> configs = cluster.configs(found.keySet());
        List<Entry> entries = catalogue.stream()
                .map(topic -> entry(topic, found.get(topic.name()), configs.get(topic.name())))
                .toList();
        return new TopicReport(cluster.bootstrapServers(), entries, extra);
    }

    private Entry entry(Topic topic, TopicDescription found, Config config) {
        List<Difference> differences = found == null ? List.of() : differences(topic, found, config);
        State state = found == null ? State.MISSING : differences.isEmpty() ? State.OK : State.DIFFERS;
        return new Entry(topic.name(), topic.partitions(), topic.retentionText(), state, differences, topic.purpose());
    }

    private List<Difference> differences(Topic topic, TopicDescription found, Config config) {
        List<Difference> differences = new ArrayList<>();
        differ(differences, PARTITIONS, topic.partitions(), found.partitions().size());
        layout.configOf(topic).forEach((setting, value) -> {
            ConfigEntry actual = config.get(setting);
            differ(differences, setting, value, actual == null ? null : actual.value());
        });
        return differences;
    }

    private static void differ(List<Difference> differences, String setting, Object expected, Object found) {
        if (!expected.equals(found)) {
            differences.add(new Difference(setting, expected.toString(), found == null ? null : found.toString()));
        }
    }

    /** Not in the catalogue, but sharing the first word of its name with one that is. */
    private List<String> extra() {
        Set<String> ours = names();
        UnaryOperator<String> firstWord = name -> name.split("\\.", 2)[0];
        Set<String> words = ours.stream().map(firstWord).collect(Collectors.toSet());
        return cluster.names().stream()
                .filter(name -> !ours.contains(name) && words.contains(firstWord.apply(name)))
                .sorted()
                .toList();
    }

    private Set<String> names() {
        return catalogue.stream().map(Topic::name).collect(Collectors.toSet());
    }

    @Override
    public void close() {
        cluster.close();
    }
}
