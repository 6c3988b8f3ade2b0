package routes.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import routes.kafka.CommitPolicy;
import routes.kafka.ConsumerTroubles;
import routes.kafka.KafkaClients;

/** That Camel itself understands every setting we hand to it: it fails on one that it does not know. */
class CamelSettingsIT {
    private static final String PASSWORD =
            "Endpoint=sb://drilling.servicebus.windows.net/;SharedAccessKeyName=app;SharedAccessKey=a2V5";

    private final Map<String, String> environment = new HashMap<>();

    @Test
    void theConsumerIsTheLosslessOne() throws Exception {
        Properties properties = load("embedded").forCamel();
        properties.setProperty("camel.component.kafka.brokers", "127.0.0.1:1");

        try (Started started = new Started(properties)) {
            KafkaConfiguration kafka = started.kafka();

            assertThat(kafka.isBatching()).isTrue();
            assertThat(kafka.getAutoCommitEnable()).isFalse();
            assertThat(kafka.isAllowManualCommit()).isTrue();
            assertThat(kafka.isBreakOnFirstError()).isTrue();
            assertThat(kafka.getPollOnError()).hasToString("RECONNECT");
            assertThat(texts(kafka.createConsumerProperties()))
                    .containsEntry("enable.auto.commit", "false")
                    .containsEntry("auto.offset.reset", "earliest")
                    .containsEntry("max.poll.records", "500")
                    .containsEntry("max.partition.fetch.bytes", "8388608")
                    .containsEntry("max.poll.interval.ms", "300000")
                    .containsEntry(
                            "partition.assignment.strategy",
                            "org.apache.kafka.clients.consumer.CooperativeStickyAssignor")
                    .containsEntry("value.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer")
                    .containsEntry("key.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer");
            assertThat(texts(kafka.createProducerProperties()))
                    .containsEntry("acks", "all")
                    .containsEntry("enable.idempotence", "true")
                    .containsEntry("compression.type", "lz4")
                    .containsEntry("batch.size", "524288")
                    .containsEntry("linger.ms", "2")
                    .containsEntry("max.request.size", "1048576")
                    .containsEntry("delivery.timeout.ms", "120000");
        }
    }

    @Test
    void aPlaceholderOfARouteIsOurSettingAndNotAVariableOfTheEnvironment() throws Exception {
        Properties properties = load("embedded").forCamel();
        properties.setProperty("camel.component.kafka.brokers", "127.0.0.1:1");
        properties.setProperty("path", "ours");

        try (Started started = new Started(properties)) {
            assertThat(started.main.getCamelContext().resolvePropertyPlaceholders("{{path}} {{rigs.count}}"))
                    .isEqualTo("ours 200");
        }
    }

    @Test
    void eventHubsGetsEverySettingOfItsTable() throws Exception {
        environment.put("EVENT_HUB_NAMESPACE", "drilling");
        environment.put("EVENT_HUB_CONNECTION_STRING", PASSWORD);

        Settings settings = load("eventhubs");
        try (Started started = new Started(settings.forCamel())) {
            KafkaConfiguration kafka = started.kafka();

            assertThat(kafka.getBrokers()).isEqualTo("drilling.servicebus.windows.net:9093");
            assertThat(texts(kafka.createProducerProperties()))
                    .containsEntry("security.protocol", "SASL_SSL")
                    .containsEntry("sasl.mechanism", "PLAIN")
                    .doesNotContainKey("sasl.jaas.config")
                    .containsEntry("metadata.max.age.ms", "180000")
                    .containsEntry("connections.max.idle.ms", "180000")
                    .containsEntry("max.request.size", "1000000")
                    .containsEntry("request.timeout.ms", "60000")
                    .containsEntry("delivery.timeout.ms", "120000")
                    .containsEntry("acks", "all")
                    .containsEntry("enable.idempotence", "true")
                    // Microsoft recommends 5; with more than one, requests overtake one that is refused.
                    .containsEntry("max.in.flight.requests.per.connection", "1")
                    .containsEntry("compression.type", "none")
                    .containsEntry("batch.size", "262144")
                    .containsEntry("linger.ms", "20")
                    .containsEntry("reconnect.backoff.max.ms", "10000")
                    .containsEntry("retry.backoff.max.ms", "10000");
            assertThat(texts(kafka.createConsumerProperties()))
                    .containsEntry("security.protocol", "SASL_SSL")
                    .containsEntry("metadata.max.age.ms", "180000")
                    .containsEntry("connections.max.idle.ms", "180000")
                    .containsEntry("request.timeout.ms", "60000")
                    .containsEntry("session.timeout.ms", "30000")
                    .containsEntry("heartbeat.interval.ms", "3000");
            assertThat(settings.integer("commit.max-records")).isZero();
            assertThat(settings.kafkaLogin())
                    .containsExactly(entry(
                            "sasl.jaas.config",
                            "org.apache.kafka.common.security.plain.PlainLoginModule required"
                                    + " username=\"$ConnectionString\" password=\"" + PASSWORD + "\";"));
        }
    }

    private Settings load(String profile) {
        return Settings.load(new Given(profile, environment, List.of(), List.of()));
    }

    private static Map<String, String> texts(Properties properties) {
        return properties.entrySet().stream()
                .collect(Collectors.toMap(
                        e -> e.getKey().toString(), e -> e.getValue().toString()));
    }

    /** A Camel without routes that was given the settings, and the one bean that they name. */
    private static final class Started implements AutoCloseable {
        private final Main main = new Main();

        private Started(Properties properties) {
            main.setPropertyPlaceholderLocations("false");
            main.setOverrideProperties(properties);
            main.bind(
                    "kafka-clients",
                    new KafkaClients(
                            new SimpleMeterRegistry(),
                            new CommitPolicy(500, Duration.ofSeconds(1)),
                            new ConsumerTroubles(new SimpleMeterRegistry())));
            main.start();
        }

        private KafkaConfiguration kafka() {
            return main.getCamelContext()
                    .getComponent("kafka", KafkaComponent.class)
                    .getConfiguration();
        }

        @Override
        public void close() {
            main.stop();
        }
    }
}
