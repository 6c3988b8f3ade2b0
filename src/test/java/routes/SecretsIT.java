package routes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.JMRuntimeException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import routes.broker.BrokerExtension;
import routes.broker.TestBroker;
import routes.settings.DeclaredSettings;

/** A canary in every setting that is a secret, with every logger at its finest: it is seen nowhere. */
@ExtendWith(BrokerExtension.class)
class SecretsIT {
    private static final String CANARY = "c4n4ry";
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "KAFKA_PASSWORD", CANARY + "-\"jaas",
            "KEY_PASSWORD", CANARY + "-key",
            "PRIVATE_KEY", "-----BEGIN PRIVATE KEY-----\n" + CANARY + "Line1\n-----END PRIVATE KEY-----",
            "API_TOKEN", CANARY + "-api-token-0123",
            "OBSERVE_TOKEN", CANARY + "-observe-token-0123",
            "ARCHIVE_BLOB_KEY", Base64.getEncoder().encodeToString((CANARY + "-blob").getBytes(UTF_8)),
            "ARCHIVE_BLOB_CONNECTION_STRING", "BlobEndpoint=https://a/;SharedAccessSignature=sig=" + CANARY + "Sas",
            "ARCHIVE_BLOB_SAS", "sv=1&sig=" + CANARY + "Signature%3D",
            "EVENTHUBS_CONNECTION_STRING",
                    "Endpoint=sb://a.example/;SharedAccessKeyName=a;SharedAccessKey=" + CANARY + "Hubs=",
            "AZURE_HTTP_LOG_DETAIL_LEVEL", "body_and_headers");

    private static final String SETTINGS =
            """
            camel.component.kafka.saslJaasConfig=org.apache.kafka.common.security.plain.PlainLoginModule required \
              username="me" password="{{env:KAFKA_PASSWORD}}";
            camel.component.kafka.sslKeyPassword={{env:KEY_PASSWORD}}
            camel.component.kafka.sslKeystorePassword=c4n4ry-keystore
            camel.component.kafka.sslTruststorePassword=c4n4ry-truststore
            camel.component.kafka.additionalProperties.ssl.keystore.key={{env:PRIVATE_KEY}}
            log.level=TRACE
            log.levels=org=TRACE,io=TRACE,com=TRACE,kafka=TRACE,state=TRACE,reactor=TRACE
            log.file=all.log
            rigs.count=1
            broker.port=0
            observe.port=0
            """;

    /** As it stands, and as a logger might write its bytes. */
    private static final List<String> FORMS = List.of(
            CANARY,
            Base64.getEncoder()
                    .encodeToString((CANARY + "-blob").getBytes(UTF_8))
                    .substring(0, 8),
            HexFormat.of().formatHex(CANARY.getBytes(UTF_8)),
            Arrays.toString(CANARY.getBytes(UTF_8)).replaceAll("[\\[\\]]", ""));

    @TempDir
    private Path temp;

    private Path folder;

    @BeforeEach
    void settings() throws IOException {
        folder = Files.createDirectories(temp.resolve("empty/config")).getParent();
        Files.writeString(folder.resolve("config/application.properties"), SETTINGS);
    }

    private JarProcess start(String... arguments) throws IOException {
        return JarProcess.start(JarProcess.jar(), folder, ENVIRONMENT, arguments);
    }

    private static void assertNotIn(String text, String where) {
        FORMS.forEach(form ->
                assertThat(text.contains(form)).as(form + " in " + where).isFalse());
    }

    /** What a process has printed, and every file that it has written, but for the settings themselves. */
    private void assertNowhereInFilesOf(JarProcess process) throws IOException {
        assertThat(process.err().lines().filter(line -> line.contains(" TRACE ")))
                .hasSizeGreaterThan(100);
        assertNotIn(process.out(), "the standard output");
        assertNotIn(process.err(), "the standard error");
        Files.delete(folder.resolve("config/application.properties"));
        int looked = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.equals(JarProcess.jar())) {
                    assertNotIn(Files.readString(file, ISO_8859_1), file.toString());
                    looked++;
                }
            }
        }
        assertThat(looked).as("files looked into").isPositive();
    }

    @Test
    void aCanaryInEverySecretIsInNoLogFilePageOrMBean() throws Exception {
        try (JarProcess run = start(
                "run",
                "--set",
                "archive.store=blob",
                "--set",
                "archive.blob-account=account",
                "--set",
                "archive.blob-login=key",
                "--set",
                "archive.blob-timeout=1s",
                "--set",
                "archive.blob-endpoint=http://127.0.0.1:1/account")) {
            Awaitility.await("all of it runs, though every logger writes")
                    .atMost(PATIENCE)
                    .until(() -> run.hasEnded() || Files.exists(folder.resolve("data/api/url")));
            String api = run.address("API");
            String metrics = run.address("metrics");
            for (String url :
                    List.of(api, api + "/route-telemetry", api + "/none", metrics, metrics + "?" + CANARY.length())) {
                assertNotIn(get(url), url);
            }
            assertNotIn(get(metrics.replace("/metrics", "/observe/health")), "health");
            assertThat(mBeans(run.pid())).as("attributes of MBeans looked at").isGreaterThan(500);
            run.terminate();
            run.exitCode(PATIENCE);
            assertNowhereInFilesOf(run);
        }
    }

    @Test
    void aLoginThatFailsShowsNoPassword(TestBroker broker) throws Exception {
        try (JarProcess run = start(
                "run",
                "--profile",
                "kafka",
                "--set",
                "kafka.bootstrap=" + broker.bootstrapServers(),
                "--set",
                "camel.component.kafka.securityProtocol=SASL_PLAINTEXT",
                "--set",
                "camel.component.kafka.saslMechanism=PLAIN")) {
            assertThat(run.exitCode(PATIENCE)).isNotZero();
            assertNowhereInFilesOf(run);
        }
    }

    private static String get(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + ENVIRONMENT.get("API_TOKEN"))
                .build();
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
        return answer.headers().map() + answer.body();
    }

    /** @return how many attributes have been looked at */
    private static int mBeans(long pid) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
        int looked = 0;
        try (JMXConnector jmx = JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()))) {
            MBeanServerConnection server = jmx.getMBeanServerConnection();
            for (ObjectName name : server.queryNames(null, null)) {
                for (MBeanAttributeInfo attribute : attributes(server, name)) {
                    assertNotIn(value(server, name, attribute.getName()), name + " " + attribute.getName());
                    looked++;
                }
            }
        } finally {
            machine.detach();
        }
        return looked;
    }

    private static MBeanAttributeInfo[] attributes(MBeanServerConnection server, ObjectName name)
            throws IOException, JMException {
        try {
            return server.getMBeanInfo(name).getAttributes();
        } catch (InstanceNotFoundException goneMeanwhile) {
            return new MBeanAttributeInfo[0];
        }
    }

    private static String value(MBeanServerConnection server, ObjectName name, String attribute) throws IOException {
        try {
            Object value = server.getAttribute(name, attribute);
            return value instanceof Object[] array ? Arrays.deepToString(array) : String.valueOf(value);
        } catch (JMException | JMRuntimeException | UnsupportedOperationException notReadable) {
            return "";
        }
    }

    /** A secret that is new here, in Camel or in our settings needs a canary of its own. */
    @Test
    void everySecretHasACanary() throws IOException {
        Set<String> camels = new TreeSet<>();
        JsonNode options = new ObjectMapper()
                .readTree(SecretsIT.class.getResourceAsStream("/META-INF/org/apache/camel/component/kafka/kafka.json"))
                .path("componentProperties");
        options.properties().forEach(option -> {
            if (option.getValue().path("secret").asBoolean()) {
                camels.add(option.getKey());
            }
        });
        // These two are refused: no other client knows them.
        camels.removeAll(Set.of("saslPassword", "oauthClientSecret"));

        assertThat(camels).hasSizeGreaterThan(3).allSatisfy(option -> assertThat(SETTINGS)
                .contains("camel.component.kafka." + option + "="));
        assertThat(DeclaredSettings.builtIn().stream()
                        .filter(setting -> setting.accepts().startsWith("secret"))
                        .map(DeclaredSettings.Declared::variable))
                .hasSizeGreaterThan(5)
                .isSubsetOf(ENVIRONMENT.keySet());
        assertThat(ENVIRONMENT.values().stream().filter(value -> value.contains(CANARY)))
                .hasSizeGreaterThan(6);
    }
}
