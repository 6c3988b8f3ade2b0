package routes.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.FreePort;
import routes.kafka.CommitPolicy;
import routes.kafka.ConsumerTroubles;
import routes.kafka.KafkaClients;

/** That Camel itself understands every setting we hand to it: it fails on one that it does not know. */
class CamelSettingsIT {
    private static final String PASSWORD =
            "Endpoint=sb://drilling.servicebus.windows.net/;SharedAccessKeyName=app;SharedAccessKey=a2V5";

    private final Map<String, String> environment = new HashMap<>();

    @Test
    void theConsumerIsTheLosslessOneAndTheServerIsOnLoopback() throws Exception {
        int port = FreePort.next();
        Properties properties = load("embedded", "observe.port", Integer.toString(port));
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
            assertThat(get(port, "/metrics")).contains("jvm_memory_used_bytes");
            assertThat(get(port, "/observe/health/live")).contains("UP");
        }
    }

    @Test
    void aPlaceholderOfARouteIsOurSettingAndNotAVariableOfTheEnvironment() throws Exception {
        Properties properties = load("embedded", "observe.port", Integer.toString(FreePort.next()));
        properties.setProperty("camel.component.kafka.brokers", "127.0.0.1:1");
        properties.setProperty("path", "ours");

        try (Started started = new Started(properties)) {
            assertThat(started.main.getCamelContext().resolvePropertyPlaceholders("{{path}} {{rigs.count}}"))
                    .isEqualTo("ours 200");
        }
    }

    @Test
    void theLoginThatServingBeyondLoopbackNeedsGuardsMetricsAndHealth(@TempDir Path folder) throws Exception {
        int port = FreePort.next();
        Path users = Files.writeString(folder.resolve("users.properties"), "user.ops=pw,viewer\nrole.viewer=*\n");
        Properties properties = load("embedded", "observe.port", Integer.toString(port));
        properties.setProperty("camel.component.kafka.brokers", "127.0.0.1:1");
        properties.setProperty("camel.management.authenticationEnabled", "true");
        properties.setProperty("camel.management.basicPropertiesFile", users.toString());

        try (Started started = new Started(properties)) {
            assertThat(started.main.isStarted()).isTrue();
            for (String path : List.of("/metrics", "/observe/health", "/observe/health/ready")) {
                assertThat(status(port, path, "")).as(path).isEqualTo(401);
            }
            assertThat(status(port, "/metrics", "ops:pw")).isEqualTo(200);
            assertThat(status(port, "/metrics", "ops:no")).isEqualTo(401);
        }
    }

    @Test
    void eventHubsGetsEverySettingOfItsTable() throws Exception {
        environment.put("EVENT_HUB_NAMESPACE", "drilling");
        environment.put("EVENT_HUB_CONNECTION_STRING", PASSWORD);

        try (Started started = new Started(load("eventhubs", "observe.port", Integer.toString(FreePort.next())))) {
            KafkaConfiguration kafka = started.kafka();

            assertThat(kafka.getBrokers()).isEqualTo("drilling.servicebus.windows.net:9093");
            assertThat(texts(kafka.createProducerProperties()))
                    .containsEntry("security.protocol", "SASL_SSL")
                    .containsEntry("sasl.mechanism", "PLAIN")
                    .containsEntry(
                            "sasl.jaas.config",
                            "org.apache.kafka.common.security.plain.PlainLoginModule required"
                                    + " username=\"$ConnectionString\" password=\"" + PASSWORD + "\";")
                    .containsEntry("metadata.max.age.ms", "180000")
                    .containsEntry("connections.max.idle.ms", "180000")
                    .containsEntry("max.request.size", "1000000")
                    .containsEntry("request.timeout.ms", "60000")
                    .containsEntry("delivery.timeout.ms", "120000")
                    .containsEntry("acks", "all")
                    .containsEntry("enable.idempotence", "true")
                    .containsEntry("max.in.flight.requests.per.connection", "5")
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
            assertThat(kafka.getBatchingIntervalMs()).isEqualTo(1000);
        }
    }

    private Properties load(String profile, String key, String value) {
        return Settings.load(new Given(profile, environment, List.of(), List.of(new Given.Choice(key, value, "--set"))))
                .forCamel();
    }

    private static Map<String, String> texts(Properties properties) {
        return properties.entrySet().stream()
                .collect(Collectors.toMap(
                        e -> e.getKey().toString(), e -> e.getValue().toString()));
    }

    private static String get(int port, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
                .body();
    }

    private static int status(int port, String path, String login) throws Exception {
        String credentials = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (!login.isEmpty()) {
            request.header("Authorization", "Basic " + credentials);
        }
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
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
