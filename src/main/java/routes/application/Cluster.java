package routes.application;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.broker.BrokerSettings;
import routes.broker.DiskBudget;
import routes.broker.EmbeddedBroker;
import routes.flow.Flows;
import routes.kafka.Topic;
import routes.kafka.TopicLayout;
import routes.kafka.TopicReport;
import routes.kafka.Topics;
import routes.settings.ConfigurationException;
import routes.settings.Settings;

/** The Kafka that the application works on, with all topics of the catalogue: a broker of its own, or one elsewhere. */
public final class Cluster implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

    private final Optional<EmbeddedBroker> broker;
    private final Map<String, Object> client;
    private final Map<String, String> endpoints = new LinkedHashMap<>();

    private Cluster(Optional<EmbeddedBroker> broker, Map<String, Object> client) {
        this.broker = broker;
        this.client = client;
    }

    /**
     * Starts the embedded broker, if the settings ask for it, and creates the topics that it does not have; of another
     * cluster only asks whether it has them.
     *
     * @throws ConfigurationException if the broker cannot start, the cluster cannot be reached or topics are missing
     */
    public static Cluster open(Settings settings) {
        Map<String, Object> client = settings.kafkaClient();
        if (!settings.flag("broker.embedded")) {
            checkTopics(settings, client);
            Cluster elsewhere = new Cluster(Optional.empty(), client);
            elsewhere.endpoints.put("Kafka", elsewhere.bootstrapServers());
            return elsewhere;
        }
        Path folder = settings.path("data.dir").resolve("kafka");
        EmbeddedBroker broker = EmbeddedBroker.start(new BrokerSettings(
                folder,
                settings.integer("broker.port"),
                settings.isDefault("broker.port"),
                Optional.of(settings.text("broker.advertised")).filter(address -> !address.isEmpty())));
        client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
        try {
            createTopics(settings, client);
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
        Cluster embedded = new Cluster(Optional.of(broker), client);
        embedded.endpoints.put("Kafka", broker.bootstrapServers() + " (embedded)");
        embedded.endpoints.put("Kafka controller", broker.controller() + " (for the embedded Kafka itself)");
        embedded.endpoints.put(
                "Kafka data",
                folder.toAbsolutePath().normalize() + ", at most " + settings.bytes("broker.disk-cap") / 1_000_000
                        + " MB, records kept for "
                        + settings.duration("broker.retention-cap").toMinutes() + " min at most");
        warnOfSmallDisk(settings, folder);
        return embedded;
    }

    private static void warnOfSmallDisk(Settings settings, Path folder) {
        new DiskBudget(
                        settings.bytes("broker.disk-cap"),
                        settings.duration("broker.retention-cap"),
                        Flows.topics(settings))
                .warning(folder)
                .ifPresent(LOG::warn);
    }

    /**
     * The catalogue against the cluster that {@code client} reaches, laid out as the settings say: within the disk cap
     * of the embedded broker, or replicated elsewhere.
     */
    public static Topics topics(Settings settings, Map<String, Object> client) {
        List<Topic> catalogue = Flows.topics(settings);
        TopicLayout layout = settings.flag("broker.embedded")
                ? new DiskBudget(
                        settings.bytes("broker.disk-cap"), settings.duration("broker.retention-cap"), catalogue)
                : TopicLayout.replicated(settings.integer("kafka.replication"), settings.integer("kafka.min-isr"));
        return Topics.connect(client, catalogue, layout);
    }

    /** Those of the names that are no topics of the cluster, which has all of the catalogue. */
    public Set<String> unknownTopics(Collection<String> names) {
        return Topics.unknown(client, names);
    }

    private static void createTopics(Settings settings, Map<String, Object> client) {
        try (Topics topics = topics(settings, client)) {
            topics.createMissing();
            // The broker is this application's own: what its caps ask of it now holds for the topics it already has.
            topics.align().forEach(change -> LOG.info("{}", change));
            report(topics.compare());
        }
    }

    private static void checkTopics(Settings settings, Map<String, Object> client) {
        try (Topics topics = topics(settings, client)) {
            TopicReport report = topics.compareNamed();
            List<String> missing = report.in(TopicReport.State.MISSING);
            if (!missing.isEmpty()) {
                throw new ConfigurationException(
                        "Kafka at " + report.bootstrapServers() + " lacks " + missing.size() + " topic(s): "
                                + String.join(", ", missing) + "; create them, for instance with 'topics create'.");
            }
            report(report);
        }
    }

    private static void report(TopicReport report) {
        if (!report.extra().isEmpty()) {
            LOG.warn("topics that are not in the catalogue, left alone: {}", String.join(", ", report.extra()));
        }
        List<String> differing = report.in(TopicReport.State.DIFFERS);
        if (!differing.isEmpty()) {
            LOG.warn(
                    "{} topic(s) differ from the catalogue and are left as they are; 'topics list' says how: {}",
                    differing.size(),
                    String.join(", ", differing));
        }
    }

    /** How a Kafka client reaches it. Holds secrets: not to be printed. */
    public Map<String, Object> client() {
        return new LinkedHashMap<>(client);
    }

    /** What to print of it: where it is, where its data lies. */
    public Map<String, String> endpoints() {
        return new LinkedHashMap<>(endpoints);
    }

    public String bootstrapServers() {
        return client.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG).toString();
    }

    /** The broker, where it is this process's own. */
    public Optional<EmbeddedBroker> broker() {
        return broker;
    }

    @Override
    public void close() {
        broker.ifPresent(EmbeddedBroker::close);
    }
}
