package routes.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final String KEY = "c2VjcmV0LXNlY3JldC1zZWNyZXQ=";
    private static final String CONNECTION =
            "Endpoint=sb://drilling.servicebus.windows.net/;SharedAccessKeyName=app;SharedAccessKey=" + KEY;

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private final List<Given.Choice> chosen = new ArrayList<>();
    private String profile = "embedded";

    @Test
    void whatNobodySetsHasItsDefault() {
        Settings settings = load();

        assertThat(settings.integer("rigs.count")).isEqualTo(200);
        assertThat(settings.duration("rigs.period")).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.longValue("rigs.seed")).isEqualTo(1);
        assertThat(settings.decimal("rigs.recording-speed")).isEqualTo(1.0);
        assertThat(settings.flag("rigs.recording-loop")).isFalse();
        assertThat(settings.bytes("broker.disk-cap")).isEqualTo(10_000_000_000L);
        assertThat(settings.path("data.dir")).isEqualTo(Path.of("./data"));
        assertThat(settings.optionalPath("rigs.recording")).isEmpty();
        assertThat(settings.list("flows")).containsExactly("rigs");
        assertThat(settings.isDefault("rigs.count")).isTrue();
        assertThat(settings.profile()).isEqualTo("embedded");
        assertThat(settings.warnings()).isEmpty();
    }

    @Test
    void eachLayerWinsOverTheOneBelow() throws IOException {
        profile = "kafka";
        write(
                "application-kafka.properties",
                "rigs.count=1\nrigs.seed=1\nkafka.replication=1\nkafka.min-isr=1\nkafka.bootstrap=a:1");
        write("application.properties", "rigs.count=2\nrigs.seed=2\nrigs.instances=2");
        environment.put("RIGS_COUNT", "3");
        environment.put("RIGS_INSTANCES", "3");
        environment.put("RIGS_BACKLOG_MAX", "");
        set("rigs.count", "4");

        Settings settings = load();

        assertThat(settings.integer("kafka.replication")).isEqualTo(1);
        assertThat(settings.longValue("rigs.seed")).isEqualTo(2);
        assertThat(settings.integer("rigs.instances")).isEqualTo(3);
        assertThat(settings.integer("rigs.count")).isEqualTo(4);
        assertThat(settings.source("rigs.count")).isEqualTo("--set");
        assertThat(settings.source("rigs.instances")).isEqualTo("the environment, RIGS_INSTANCES");
        assertThat(settings.source("rigs.seed")).endsWith("application.properties");
        assertThat(settings.isDefault("rigs.backlog-max")).isTrue();
    }

    @Test
    void aProfileOfOnesOwnIsAFileBesideTheJar() throws IOException {
        profile = "site";
        write("application-site.properties", "rigs.count=7");

        assertThat(load().integer("rigs.count")).isEqualTo(7);
    }

    @Test
    void redeliveryMustNotHoldUpABatchForLongerThanItsGroupWaits() {
        set("deadletters.redeliveries", "7");
        set("deadletters.redelivery-delay", "1s");
        set("deadletters.redelivery-delay-max", "10s");

        // 11 × (1 + 2 + 4 + 8 + 10 + 10 + 10) s = 495 s
        assertThat(problems())
                .singleElement()
                .asString()
                .contains("deadletters.redeliveries=7 (from --set)", "expected at most half of", "maxPollIntervalMs");
        set("camel.component.kafka.maxPollIntervalMs", "990000");
        assertThat(load().integer("deadletters.redeliveries")).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "rigs.count; -3; expected int 0..10000",
                "rigs.count; many; expected int 0..10000",
                "rigs.count; ''; expected int 0..10000",
                "rigs.seed; 1.5; expected long",
                "rigs.period; 1; expected duration 10ms..1h (as in 500ms, 1s, 15m, 24h or 7d)",
                "rigs.period; 2h; expected duration 10ms..1h (as in 500ms, 1s, 15m, 24h or 7d)",
                "rigs.backlog-max; 999999999999999d; expected duration 1s..24h (as in 500ms, 1s, 15m, 24h or 7d)",
                "rigs.recording-speed; 0; expected decimal 0.01..100000",
                "rigs.recording-speed; NaN; expected decimal 0.01..100000",
                "rigs.recording-loop; yes; expected bool",
                "broker.port; 65536; 'expected port (as in 9092; 0..65535)'",
                "broker.disk-cap; 10 apples; expected size 100MB..1000TB (as in 64MiB or 10GB)",
                "log.level; LOUD; expected enum TRACE|DEBUG|INFO|WARN|ERROR|OFF",
                "flows; rigs,; expected list",
                "data.dir; ''; expected path",
            })
    void aValueOutsideItsTypeOrRangeIsNamedWithWhatWasExpected(String key, String value, String expected) {
        set(key, value);

        assertThat(problems()).containsExactly(key + "=" + value + " (from --set): " + expected);
    }

    @ParameterizedTest
    @CsvSource({"1500ms,PT1.5S", "1s,PT1S", "15m,PT15M", "24h,PT24H", "1d,PT24H"})
    void durationsAreANumberAndAUnit(String text, String expected) {
        set("rigs.backlog-max", text);

        assertThat(load().duration("rigs.backlog-max")).isEqualTo(Duration.parse(expected));
    }

    @ParameterizedTest
    @CsvSource({"200MB,200000000", "200MiB,209715200", "200000000,200000000", "1TiB,1099511627776"})
    void sizesAreDecimalOrBinary(String text, long bytes) {
        set("broker.disk-cap", text);

        assertThat(load().bytes("broker.disk-cap")).isEqualTo(bytes);
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() throws IOException {
        write("application.properties", "rigs.cuont=5\nrigs.seed=x\nrigs.seed=y");
        environment.put("BROKER_PORT", "tcp://10.0.0.1:9092");
        set("rigs.instance", "3");
        set("routes.dir", folder.resolve("nowhere").toString());

        String file = folder.resolve("application.properties").toString();
        assertThat(problems())
                .containsExactly(
                        "rigs.seed stands twice in " + file,
                        "rigs.cuont (from " + file + "): no such setting; the nearest is rigs.count",
                        "rigs.seed=y (from " + file + "): expected long",
                        "broker.port=tcp://10.0.0.1:9092 (from the environment, BROKER_PORT): expected port (as in 9092; 0..65535)",
                        "rigs.instance=3 (from --set): expected at most rigs.instances",
                        "routes.dir=" + folder.resolve("nowhere")
                                + " (from --set): expected a folder; write one with `routes export DIR`");
    }

    @ParameterizedTest
    @CsvSource({"rigs.cont,rigs.count", "rig.count,rigs.count", "brokerport,broker.port", "data-dir,data.dir"})
    void anUnknownKeyIsRefusedWithTheNearestValidOne(String wrong, String right) {
        set(wrong, "1");

        assertThat(problems()).containsExactly(wrong + " (from --set): no such setting; the nearest is " + right);
    }

    @Test
    void aVariableWhoseNameIsNearlyASettingIsWarnedOf() {
        environment.put("RIGS_CONT", "5");
        environment.put("PATH", "/bin");
        environment.put("KAFKA_OPTS", "");

        assertThat(load().warnings())
                .containsExactly("the environment's RIGS_CONT sets nothing; did you mean RIGS_COUNT?");
    }

    @Test
    void anUnknownProfileIsNamedWithThoseThereAre() {
        profile = "azure";

        assertThat(problems())
                .containsExactly("profile 'azure': expected one of [embedded, eventhubs, kafka],"
                        + " or a file config/application-azure.properties");
    }

    @Test
    void aFileThatIsNotTextIsNamed() throws IOException {
        Path file = folder.resolve("application.properties");
        Files.write(file, new byte[] {'a', '=', (byte) 0xff, (byte) 0xfe});

        assertThat(problems()).singleElement().asString().startsWith(file + ": cannot be read as UTF-8 text");
    }

    @Test
    void profileKafkaAsksForItsServers() {
        profile = "kafka";

        assertThat(problems())
                .containsExactly("kafka.bootstrap= (from default): expected host:port, several separated by commas;"
                        + " set KAFKA_BOOTSTRAP or --set kafka.bootstrap=host:port");
    }

    @Test
    void profileKafkaReachesTheServersItIsGiven() {
        profile = "kafka";
        environment.put("KAFKA_BOOTSTRAP", "a:9092,b:9092");

        Settings settings = load();

        assertThat(settings.kafkaClient()).containsEntry("bootstrap.servers", "a:9092,b:9092");
        assertThat(settings.forCamel()).containsEntry("camel.component.kafka.brokers", "a:9092,b:9092");
        assertThat(settings.flag("broker.embedded")).isFalse();
        assertThat(settings.integer("kafka.replication")).isEqualTo(3);
        assertThat(settings.integer("kafka.min-isr")).isEqualTo(2);
    }

    @Test
    void theEmbeddedBrokerRefusesAnothersAddress() {
        set("kafka.bootstrap", "a:9092");
        set("kafka.replication", "3");

        assertThat(problems())
                .containsExactly(
                        "kafka.bootstrap=a:9092 (from --set): profile embedded runs its own broker;"
                                + " use --profile kafka for another cluster",
                        "kafka.replication=3 (from --set): expected 1, as the embedded Kafka is a single broker");
    }

    @ParameterizedTest
    @ValueSource(strings = {"drilling", "drilling.servicebus.windows.net"})
    void profileEventHubsIsMadeOfTwoVariables(String namespace) {
        profile = "eventhubs";
        environment.put("EVENT_HUB_NAMESPACE", namespace);
        environment.put("EVENT_HUB_CONNECTION_STRING", CONNECTION);

        Map<String, Object> client = load().kafkaClient();

        assertThat(client)
                .containsEntry("bootstrap.servers", "drilling.servicebus.windows.net:9093")
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.mechanism", "PLAIN")
                .containsEntry(
                        "sasl.jaas.config",
                        "org.apache.kafka.common.security.plain.PlainLoginModule required"
                                + " username=\"$ConnectionString\" password=\"" + CONNECTION + "\";")
                .containsEntry("metadata.max.age.ms", "180000")
                .containsEntry("connections.max.idle.ms", "180000")
                .containsEntry("request.timeout.ms", "60000");
    }

    @Test
    void aMissingVariableIsNamed() {
        profile = "eventhubs";

        assertThat(problems())
                .hasSize(2)
                .anySatisfy(p -> assertThat(p).startsWith("EVENT_HUB_NAMESPACE is not set in the environment"))
                .anySatisfy(p -> assertThat(p)
                        .isEqualTo(
                                "EVENT_HUB_CONNECTION_STRING is not set in the environment: eventhubs.connection-string"
                                        + " (from application-eventhubs.properties) needs it; set it, or set"
                                        + " EVENT_HUB_CONNECTION_STRING_FILE to a file that holds it"));
    }

    @Test
    void aSecretMayComeFromAFile() throws IOException {
        profile = "eventhubs";
        environment.put("EVENT_HUB_NAMESPACE", "drilling");
        environment.put(
                "EVENT_HUB_CONNECTION_STRING_FILE",
                write("secret", CONNECTION + "\n").toString());

        assertThat(load().text("eventhubs.connection-string")).isEqualTo(CONNECTION);
    }

    @Test
    void aSecretFileThatIsNotThereIsNamed() {
        profile = "eventhubs";
        environment.put("EVENT_HUB_NAMESPACE", "drilling");
        environment.put("EVENT_HUB_CONNECTION_STRING_FILE", "/nowhere/secret");

        assertThat(problems())
                .containsExactly("EVENT_HUB_CONNECTION_STRING_FILE=/nowhere/secret (from the environment):"
                        + " expected a readable text file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'" + CONNECTION + "'",
                CONNECTION + "\" x=\"",
                "Endpoint=sb://x/;SharedAccessKeyName=app;SharedAccessKey=",
                "SharedAccessSignature sr=" + KEY,
                "{{" + KEY + "}}"
            })
    void aMalformedSecretIsRefusedWithoutShowingIt(String secret) {
        profile = "eventhubs";
        environment.put("EVENT_HUB_NAMESPACE", "drilling");
        environment.put("EVENT_HUB_CONNECTION_STRING", secret);

        assertThat(problems()).singleElement().asString().doesNotContain(KEY).containsIgnoringCase("connection");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eventhubs.connection-string",
                "camel.component.kafka.saslJaasConfig",
                "camel.component.kafka.ssl-key-password",
                "camel.component.kafka.additionalProperties.ssl.truststore.password",
                "camel.component.kafka.additionalProperties.ssl.keystore.key",
                "my.account-key",
            })
    void aSecretIsNotTakenFromTheCommandLine(String key) {
        set(key, KEY);
        String here =
                key.startsWith("eventhubs.") ? " set it in the environment as EVENTHUBS_CONNECTION_STRING, or" : "";

        assertThat(problems())
                .singleElement()
                .asString()
                .isEqualTo(key + " (from --set): a secret is never taken from the command line;" + here
                        + " write {{env:NAME}} for it in config/application.properties and set NAME, or NAME_FILE to a"
                        + " file that holds it")
                .doesNotContain(KEY);
    }

    @Test
    void secretsShowNowhere() {
        profile = "eventhubs";
        environment.put("EVENT_HUB_NAMESPACE", "drilling");
        environment.put("EVENT_HUB_CONNECTION_STRING", CONNECTION);
        set("kafka.replication", "{{eventhubs.connection-string}}");
        set("observe.host", "{{eventhubs.connection-string}}");

        assertThat(problems())
                .hasSize(2)
                .allSatisfy(p -> assertThat(p).doesNotContain(KEY))
                .anySatisfy(p -> assertThat(p).startsWith("kafka.replication (from --set): expected int"))
                .anySatisfy(p -> assertThat(p).startsWith("observe.host (from --set): only a loopback"));
        chosen.clear();
        assertThat(load().toString())
                .contains("eventhubs.connection-string from")
                .doesNotContain(KEY);
    }

    @Test
    void aPasswordInAJaasConfigurationIsQuoted() throws IOException {
        profile = "kafka";
        environment.put("KAFKA_BOOTSTRAP", "a:1");
        environment.put("KAFKA_PASSWORD", "a\"b\\c$d");
        write(
                "application.properties",
                "camel.component.kafka.saslJaasConfig=X required password=\"{{env:KAFKA_PASSWORD}}\";");

        assertThat(load().kafkaClient()).containsEntry("sasl.jaas.config", "X required password=\"a\\\"b\\\\c$d\";");
    }

    @Test
    void noSecretIsAmongWhatCamelIsTold() throws IOException {
        profile = "kafka";
        environment.putAll(Map.of(
                "KAFKA_BOOTSTRAP", "a:1",
                "KAFKA_PASSWORD", "canary-\"jaas",
                "STORE_PASSWORD", "canary-store",
                "STORE_KEY", "canary-pem",
                "API_TOKEN", "canary-api-token",
                "OBSERVE_TOKEN", "canary-observe-token",
                "ARCHIVE_BLOB_KEY", "canary-blob",
                "MINE", "canary-mine"));
        write(
                "application.properties",
                """
                camel.component.kafka.saslJaasConfig=X required username="me" password="{{env:KAFKA_PASSWORD}}";
                camel.component.kafka.configuration.sslKeystorePassword={{env:STORE_PASSWORD}}
                camel.component.kafka.additionalProperties.ssl.keystore.key={{env:STORE_KEY}}
                camel.component.kafka.sslTruststorePassword=canary-in-the-file
                my.password={{env:MINE}}
                """);

        Settings settings = load();

        assertThat(settings.forCamel().values())
                .noneMatch(value -> value.toString().contains("canary"));
        assertThat(settings.kafkaLogin())
                .containsOnly(
                        entry("sasl.jaas.config", "X required username=\"me\" password=\"canary-\\\"jaas\";"),
                        entry("ssl.keystore.password", "canary-store"),
                        entry("ssl.keystore.key", "canary-pem"),
                        entry("ssl.truststore.password", "canary-in-the-file"));
        assertThat(settings.kafkaClient()).containsAllEntriesOf(settings.kafkaLogin());
        assertThat(settings.secretTexts())
                .contains("canary-\"jaas", "canary-\\\"jaas", "canary-store", "canary-pem", "canary-in-the-file")
                .contains("canary-api-token", "canary-observe-token", "canary-blob", "canary-mine")
                .allSatisfy(text -> assertThat(text).contains("canary"));
    }

    @Test
    void ofAConnectionStringTheKeyIsASecretOfItsOwn() {
        profile = "eventhubs";
        environment.put("EVENT_HUB_NAMESPACE", "drilling");
        environment.put("EVENT_HUB_CONNECTION_STRING", CONNECTION);

        assertThat(load().secretTexts()).contains(CONNECTION, KEY).doesNotContain("app");
    }

    @ParameterizedTest
    @ValueSource(strings = {"saslAuthType", "saslPassword", "oauthClientSecret", "configuration.saslPassword"})
    void aLoginThatOnlyCamelKnowsIsRefused(String option) throws IOException {
        profile = "kafka";
        environment.put("KAFKA_BOOTSTRAP", "a:1");
        write("application.properties", "camel.component.kafka." + option + "=" + KEY);

        assertThat(problems())
                .containsExactly("camel.component.kafka." + option + ": expected saslMechanism and saslJaasConfig"
                        + " instead, which all Kafka clients of this program understand");
    }

    @Test
    void aReferenceThatLeadsNowhereOrBackIsNamed() {
        set("my.a", "{{my.b}}");
        set("my.b", "{{my.a}}");
        set("my.c", "{{my.d}}");

        assertThat(problems())
                .containsExactly(
                        "my.b (from --set): refers to itself through my.a, my.b",
                        "my.c (from --set): there is no setting {{my.d}} to refer to");
    }

    @Test
    void camelGetsItsOwnOursAndTheUsersWithReferencesResolved() {
        set("observe.port", "9191");
        set("my.limit", "5");
        set("camel.component.kafka.linger-ms", "7");
        environment.put("CAMEL_MAIN_NAME", "rigs-b");

        Properties properties = load().forCamel();

        assertThat(properties)
                .containsEntry("observe.port", "9191")
                .containsEntry("rigs.count", "200")
                .containsEntry("my.limit", "5")
                .containsEntry("camel.component.kafka.lingerMs", "7")
                .containsEntry("camel.main.name", "rigs-b")
                .doesNotContainKeys("camel.component.kafka.linger-ms", "camel.component.kafka.brokers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"OBSERVE_TOKEN", "API_TOKEN"})
    void metricsAndHealthAreServedBeyondLoopbackOnlyWithAToken(String variable) {
        set("observe.host", "0.0.0.0");

        assertThat(problems())
                .containsExactly(
                        "observe.host=0.0.0.0 (from --set): only a loopback address is served without a token"
                                + " of yours; to serve others set OBSERVE_TOKEN, or OBSERVE_TOKEN_FILE to a file that holds it");
        environment.put(variable, "0123456789abcdef");
        assertThat(load().text("observe.host")).isEqualTo("0.0.0.0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "camel.server.host; api.host",
                "camel.server.port; api.port",
                "camel.server.enabled; api.host, api.port and api.token",
                "camel.server.staticEnabled; api.host, api.port and api.token",
                "camel.server.use-global-ssl-context-parameters; api.host, api.port and api.token",
                "camel.management.host; observe.host",
                "camel.management.port; observe.port",
                "camel.management.infoEnabled; observe.host, observe.port and observe.token",
                "camel.management.authenticationEnabled; observe.host, observe.port and observe.token",
                "camel.management.basic-properties-file; observe.host, observe.port and observe.token",
            })
    void noLayerSetsCamelsServersPastUs(String key, String instead) throws IOException {
        String refusal = "): Camel's HTTP servers are set up by this program alone; use " + instead;
        String variable = key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
        set(key, "x");
        Path file = write("application.properties", key + "=x\n");
        Path ofProfile = write("application-embedded.properties", key + "=x\n");
        environment.put(variable, "x");

        assertThat(problems())
                .hasSize(4)
                .anySatisfy(p -> assertThat(p).isEqualTo(key + " (from --set" + refusal))
                .anySatisfy(p -> assertThat(p).isEqualTo(key + " (from " + file + refusal))
                .anySatisfy(p -> assertThat(p).isEqualTo(key + " (from " + ofProfile + refusal))
                .anySatisfy(
                        p -> assertThat(p).contains("(from the environment, " + variable + "): Camel's HTTP servers"));
    }

    /** Camel takes them in many notations, and some from the environment even where it is told not to. */
    @ParameterizedTest
    @CsvSource({
        "camel.main.autoConfigurationEnvironmentVariablesEnabled, CAMEL_MAIN_AUTOCONFIGURATIONENVIRONMENTVARIABLESENABLED",
        "camel.main.cloud-properties-location, CAMEL_MAIN_CLOUD_PROPERTIES_LOCATION",
        "camel.main.fileConfigurations, camel_main_file_configurations",
        "camel.main.propertyPlaceholderLocation, CAMEL.MAIN.PROPERTY-PLACEHOLDER-LOCATION",
        "camel.main.profile, CAMEL_MAIN_PROFILE",
        "camel.main.routesIncludePattern, CAMEL_MAIN_ROUTES_INCLUDE_PATTERN",
        "camel.main.routes-reload-enabled, CAMEL_MAIN_ROUTESRELOADENABLED",
        "camel.debug.enabled, CAMEL_DEBUG_ENABLED",
        "camel.main.devConsoleEnabled, CAMEL_MAIN_DEVCONSOLEENABLED",
        "camel.component.properties.environmentVariableMode, CAMEL_COMPONENT_PROPERTIES_ENVIRONMENTVARIABLEMODE",
        "Camel.Server.Host, camel_server_host"
    })
    void noLayerLetsInWhatNobodyHasChecked(String key, String variable) throws IOException {
        set(key, "x");
        Path file = write("application.properties", key + "=x\n");
        environment.put(variable, "x");

        assertThat(problems())
                .hasSize(3)
                .anySatisfy(p -> assertThat(p).startsWith(key + " (from --set): "))
                .anySatisfy(p -> assertThat(p).startsWith(key + " (from " + file + "): "))
                .anySatisfy(p -> assertThat(p).contains("(from the environment, " + variable + "): "));
    }

    @Test
    void whatTheBuiltInSettingsSayOfCamelDoesNotSetItsServers() {
        assertThat(load().forCamel().stringPropertyNames())
                .noneMatch(key -> key.startsWith("camel.server.") || key.startsWith("camel.management."));
    }

    @Test
    void theApiIsServedBeyondLoopbackOnlyWithATokenOfTheUsers() {
        set("api.host", "0.0.0.0");

        assertThat(problems())
                .containsExactly("api.host=0.0.0.0 (from --set): only a loopback address is served without a token of"
                        + " yours; to serve others set API_TOKEN, or API_TOKEN_FILE to a file that holds it");
        environment.put("API_TOKEN", "0123456789abcdef");
        assertThat(load().text("api.token")).isEqualTo("0123456789abcdef");
    }

    @Test
    void aSecretMayStandInAFileThatTheEnvironmentNames() throws IOException {
        Path file = write("token", "0123456789abcdef\n");
        environment.put("API_TOKEN_FILE", file.toString());

        assertThat(load().text("api.token")).isEqualTo("0123456789abcdef");
        assertThat(load().source("api.token")).isEqualTo("the environment, API_TOKEN_FILE");
        environment.put("API_TOKEN", "ABCDEF0123456789");
        assertThat(load().text("api.token")).as("the variable itself wins").isEqualTo("ABCDEF0123456789");
        environment.put("API_TOKEN", "");
        environment.put("API_TOKEN_FILE", folder.resolve("none").toString());
        assertThat(problems())
                .containsExactly("API_TOKEN_FILE=" + folder.resolve("none")
                        + " (from the environment): expected a readable text file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fifteen-letters", "sixteen letters!", "0123456789äbcdef"})
    void aTokenThatCanBeGuessedOrNotSentIsRefusedAndNotShown(String token) {
        environment.put("API_TOKEN", token);

        assertThat(problems())
                .containsExactly("api.token (from the environment, API_TOKEN): expected at least 16 characters, of"
                        + " letters, digits and -._~+/=, as `openssl rand -hex 32` makes it");
    }

    @Test
    void aTokenIsNotTakenFromTheCommandLine() {
        set("api.token", "0123456789abcdef");

        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("api.token (from --set): a secret is never taken from the command line");
    }

    @Test
    void theApiNeedsAPortOfItsOwn() {
        set("observe.port", "8080");

        assertThat(problems()).containsExactly("api.port=8080 (from default): expected another port than observe.port");
    }

    @Test
    void askingForWhatIsNotDeclaredIsAFaultOfTheProgram() {
        Settings settings = load();

        assertThatIllegalArgumentException().isThrownBy(() -> settings.text("rigs.nonsense"));
        assertThatIllegalArgumentException().isThrownBy(() -> settings.text("rigs.count"));
        assertThatIllegalArgumentException().isThrownBy(() -> settings.text("camel.main.name"));
    }

    private void set(String key, String value) {
        chosen.add(new Given.Choice(key, value, "--set"));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Settings load() {
        return Settings.load(new Given(profile, environment, List.of(folder), chosen));
    }

    private List<String> problems() {
        return catchThrowableOfType(ConfigurationException.class, this::load).problems();
    }
}
