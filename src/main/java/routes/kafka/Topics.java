package routes.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
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
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final String PARTITIONS = "partitions";

    private final Admin admin;
    private final String bootstrapServers;
    private final Collection<Topic> catalogue;
    private final TopicLayout layout;

    private Topics(Admin admin, String bootstrapServers, Collection<Topic> catalogue, TopicLayout layout) {
        this.admin = admin;
        this.bootstrapServers = bootstrapServers;
        this.catalogue = catalogue;
        this.layout = layout;
    }

    /**
     * @param client settings of a Kafka client, with at least {@code bootstrap.servers}
     * @param catalogue the topics to look after
     */
    public static Topics connect(Map<String, Object> client, Collection<Topic> catalogue, TopicLayout layout) {
        String servers = String.valueOf(client.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG));
        Map<String, Object> config = new HashMap<>(client);
        config.putIfAbsent("default.api.timeout.ms", (int) PATIENCE.toMillis());
        config.putIfAbsent("request.timeout.ms", (int) PATIENCE.toMillis());
        try {
            return new Topics(Admin.create(config), servers, List.copyOf(catalogue), layout);
        } catch (KafkaException e) {
            throw TopicFailure.of(e, servers);
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
        List<NewTopic> topics = catalogue.stream()
                .filter(topic -> missing.contains(topic.name()))
                .map(topic -> new NewTopic(topic.name(), topic.partitions(), layout.replicas())
                        .configs(layout.configOf(topic)))
                .toList();
        admin.createTopics(topics).values().values().forEach(this::created);
        awaitVisible(missing);
        return compare().withCreated(missing);
    }

    /**
     * Sets every configuration that differs to what is expected, as when the disk cap of the embedded broker has been
     * changed; for a cluster that belongs to this application alone. Partitions are not touched.
     *
     * @return what was changed, one line per setting
     */
    public List<String> align() {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new LinkedHashMap<>();
        List<String> lines = new ArrayList<>();
        for (Entry topic : compareNamed().topics()) {
            for (Difference difference : topic.differences()) {
                if (!difference.setting().equals(PARTITIONS)) {
                    ConfigEntry value = new ConfigEntry(difference.setting(), difference.expected());
                    changes.computeIfAbsent(resource(topic.name()), name -> new ArrayList<>())
                            .add(new AlterConfigOp(value, AlterConfigOp.OpType.SET));
                    lines.add(topic.name() + ": " + difference.setting() + " set from " + difference.found() + " to "
                            + difference.expected());
                }
            }
        }
        get(admin.incrementalAlterConfigs(changes).all());
        return lines;
    }

    private TopicReport compare(List<String> extra) {
        Map<String, TopicDescription> found = describe(names(catalogue));
        Map<String, Config> configs = configs(found.keySet());
        List<Entry> entries = catalogue.stream()
                .map(topic -> entry(topic, found.get(topic.name()), configs.get(topic.name())))
                .toList();
        return new TopicReport(bootstrapServers, entries, extra);
    }

    private Entry entry(Topic topic, TopicDescription found, Config config) {
        List<Difference> differences = found == null ? List.of() : differences(topic, found, config);
        State state = found == null ? State.MISSING : differences.isEmpty() ? State.OK : State.DIFFERS;
        return new Entry(topic.name(), topic.partitions(), topic.retentionText(), state, differences, topic.purpose());
    }

    private List<Difference> differences(Topic topic, TopicDescription found, Config config) {
        List<Difference> differences = new ArrayList<>();
        Map<String, String> expected = new LinkedHashMap<>();
        Map<String, String> actual = new HashMap<>();
        expected.put(PARTITIONS, String.valueOf(topic.partitions()));
        actual.put(PARTITIONS, String.valueOf(found.partitions().size()));
        expected.putAll(layout.configOf(topic));
        config.entries().forEach(entry -> actual.put(entry.name(), entry.value()));
        expected.forEach((setting, value) -> {
            if (!Objects.equals(value, actual.get(setting))) {
                differences.add(new Difference(setting, value, actual.get(setting)));
            }
        });
        return differences;
    }

    private Map<String, TopicDescription> describe(Collection<String> names) {
        Map<String, TopicDescription> found = new HashMap<>();
        admin.describeTopics(names).topicNameValues().forEach((name, description) -> {
            try {
                found.put(name, description.get());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw TopicFailure.of(e.getCause(), bootstrapServers);
                }
            } catch (InterruptedException e) {
                throw TopicFailure.interrupted(e);
            }
        });
        return found;
    }

    private Map<String, Config> configs(Set<String> names) {
        List<ConfigResource> resources = names.stream().map(Topics::resource).toList();
        return get(admin.describeConfigs(resources).all()).entrySet().stream()
                .collect(Collectors.toMap(config -> config.getKey().name(), Map.Entry::getValue));
    }

    /** Not in the catalogue, but sharing the first word of a name with it. */
    private List<String> extra() {
        Set<String> ours = names(catalogue);
        Function<String, String> firstWord = name -> name.split("\\.", 2)[0];
        Set<String> words = ours.stream().map(firstWord).collect(Collectors.toSet());
        return get(admin.listTopics().names()).stream()
                .filter(name -> !ours.contains(name) && words.contains(firstWord.apply(name)))
                .sorted()
                .toList();
    }

    /** Another instance may have been faster, which is just as well. */
    private void created(KafkaFuture<Void> topic) {
        try {
            topic.get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw TopicFailure.of(e.getCause(), bootstrapServers);
            }
        } catch (InterruptedException e) {
            throw TopicFailure.interrupted(e);
        }
    }

    /** A broker hears of a topic a moment after its controller has created it. */
    private void awaitVisible(List<String> names) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (describe(names).size() < names.size() && System.nanoTime() < deadline) {
            java.util.concurrent.locks.LockSupport.parkNanos(
                    Duration.ofMillis(50).toNanos());
        }
    }

    private <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw TopicFailure.of(e.getCause(), bootstrapServers);
        } catch (InterruptedException e) {
            throw TopicFailure.interrupted(e);
        }
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    private static Set<String> names(Collection<Topic> topics) {
        return topics.stream().map(Topic::name).collect(Collectors.toSet());
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
