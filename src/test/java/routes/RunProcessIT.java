package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.broker.BrokerSettings;
import routes.broker.EmbeddedBroker;

/**
 * The program in a process of its own, as it is started, ended, killed and misconfigured. No other class uses its default
 * ports, so that it can run beside the others.
 */
class RunProcessIT {
    private static final int RIGS = 50;
    private static final String[] BUSY = {
        "run",
        "--set",
        "rigs.count=" + RIGS,
        "--set",
        "rigs.period=200ms",
        "--set",
        "broker.port=0",
        "--set",
        "observe.port=0"
    };
    /** More than one batch, so that reading everything again would show. */
    private static final int SEEN = 1_200;

    private static final int LARGEST_BATCH = 500;
    /** After a while with rigs and one record that is not JSON. */
    private static final List<String> METERS = List.of(
            "rig_records_total{outcome=\"sent\",route=\"generate-telemetry\",topic=\"rig.telemetry\"}",
            "rig_records_total{outcome=\"dead-letter\",route=\"route-telemetry\",topic=\"rig.dead-letters\"}",
            "rig_records_total{outcome=\"skipped\",route=\"slice-telemetry\",topic=\"none\"}",
            "rig_bytes_total{outcome=\"sent\",route=\"slice-telemetry\",topic=\"rig.channels.gas\"}",
            "rig_latency_seconds_bucket{route=\"route-telemetry\",le=\"+Inf\"}",
            "rig_dead_letters_total{reason=\"not-json\"} 1.0",
            "rig_fleet_lag_seconds ",
            "kafka_consumer_fetch_manager_records_lag_max{client_id=\"rig-streams.route-telemetry",
            "kafka_producer_record_send_total{client_id=\"rig-streams-producer-1\"",
            "routeId=\"route-telemetry\"",
            "jvm_memory_used_bytes{");

    private static final Pattern SENT = Pattern.compile("^rig\\.telemetry +([\\d,]+)", Pattern.MULTILINE);
    private static final Duration LEAVE = Duration.ofSeconds(10);
    private static final Duration WHOLE_RUN = Duration.ofSeconds(120);

    @TempDir
    private Path temp;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(temp.resolve("run"));
    }

    @Test
    void sigtermLosesAndDoublesNothing() throws Exception {
        List<Copy> seen;
        try (JarProcess run = JarProcess.start(folder, BUSY)) {
            seen = Copy.await(run.address("Kafka"), "rig.telemetry", SEEN);

            run.terminate();

            assertThat(run.exitCode(LEAVE)).as(run.toString()).isEqualTo(143);
            assertThat(run.err()).doesNotContain("ERROR", "Exception");
        }
        int sentAgain = runAgain();

        assertThat(audit(seen, sentAgain)).as("copies beyond the first").isZero();
    }

    @Test
    void killMinusNineLosesNothing() throws Exception {
        List<Copy> seen;
        try (JarProcess run = JarProcess.start(folder, BUSY)) {
            seen = Copy.await(run.address("Kafka"), "rig.telemetry", SEEN);
            run.kill();
        }
        int sentAgain = runAgain();

        assertThat(audit(seen, sentAgain)).as("copies beyond the first").isLessThanOrEqualTo(LARGEST_BATCH);
    }

    /** @return how many messages the rigs sent, by the summary */
    private int runAgain() throws Exception {
        String[] arguments =
                Stream.concat(Stream.of(BUSY), Stream.of("--for", "3s")).toArray(String[]::new);
        try (JarProcess again = JarProcess.start(folder, arguments)) {
            assertThat(again.exitCode(WHOLE_RUN)).as(again.toString()).isZero();
            Matcher sent = SENT.matcher(again.out());
            assertThat(sent.find()).as(again.toString()).isTrue();
            return Integer.parseInt(sent.group(1).replace(",", ""));
        }
    }

    /**
     * Everything in the data folder: each rig's messages without a gap, each of them routed, in order.
     *
     * @param seen of the first run; must still be there
     * @param sentAgain by the second run; must be there beside them
     * @return how many copies a routed topic has at most beyond the first of each message
     */
    private int audit(List<Copy> seen, int sentAgain) throws Exception {
        BrokerSettings settings = new BrokerSettings(folder.resolve("data/kafka"), 0, false);
        try (EmbeddedBroker broker = EmbeddedBroker.start(settings)) {
            List<Copy> telemetry = Copy.all(broker.bootstrapServers(), "rig.telemetry"::equals);
            assertThat(new HashSet<>(telemetry)).containsAll(seen);
            Map<String, Long> checksums = assertUnbroken(telemetry);
            assertThat(sentAgain).as("messages of the second run").isGreaterThanOrEqualTo(RIGS);
            assertThat(checksums).as("messages of both runs").hasSizeGreaterThanOrEqualTo(seen.size() + sentAgain);

            Map<String, List<Copy>> routed =
                    Copy.all(broker.bootstrapServers(), topic -> topic.matches("rig\\.(activity|channels)\\..*"))
                            .stream()
                            .collect(Collectors.groupingBy(RunProcessIT::stage, TreeMap::new, Collectors.toList()));
            routed.remove("rig.channels.vessel");
            assertThat(routed).as("all activities together, and 22 subsystems").hasSize(23);
            routed.forEach((stage, copies) -> assertRouted(stage, copies, checksums.keySet()));
            assertThat(routed.get("rig.activity"))
                    .allSatisfy(copy -> assertThat(copy.checksum()).isEqualTo(checksums.get(copy.message())));
            return routed.values().stream()
                    .mapToInt(copies -> copies.size() - checksums.size())
                    .max()
                    .orElseThrow();
        }
    }

    /** A message is on one of the activity topics, but on every channel topic. */
    private static String stage(Copy copy) {
        return copy.topic().startsWith("rig.activity.") ? "rig.activity" : copy.topic();
    }

    /** @return the checksum of each message */
    private static Map<String, Long> assertUnbroken(List<Copy> telemetry) {
        Map<String, Long> last = new HashMap<>();
        Map<String, Long> checksums = new HashMap<>();
        for (Copy copy : telemetry) {
            long before = last.getOrDefault(copy.rig(), -1L);
            assertThat(copy.seq()).as("%s after %d", copy, before).isBetween(0L, before + 1);
            last.put(copy.rig(), Math.max(before, copy.seq()));
            checksums.putIfAbsent(copy.message(), copy.checksum());
        }
        assertThat(last).hasSize(RIGS);
        return checksums;
    }

    private static void assertRouted(String stage, List<Copy> copies, Set<String> messages) {
        assertThat(copies.stream().map(Copy::message).collect(Collectors.toSet()))
                .as(stage)
                .isEqualTo(messages);
        Map<String, Long> last = new HashMap<>();
        Set<String> known = new HashSet<>();
        for (Copy copy : copies) {
            if (known.add(copy.message())) {
                Long before = last.put(copy.topic() + copy.rig(), copy.seq());
                assertThat(before == null || before < copy.seq())
                        .as("first occurrences in order: %s after %s", copy, before)
                        .isTrue();
            }
        }
    }

    @Test
    void showsWhatItDoesToThisMachineAloneAndKeepsItsSecrets() throws Exception {
        String secret = "c2VjcmV0LTdmM2E=";
        String payload = "payload-7f3a";
        try (Taken kafka = Taken.port(9092);
                Taken observe = Taken.port(9090);
                Taken api = Taken.port(8080);
                JarProcess run = JarProcess.start(
                        JarProcess.jar(),
                        folder,
                        Map.of(
                                "API_PORT",
                                "",
                                "EVENTHUBS_CONNECTION_STRING",
                                "Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=n;SharedAccessKey="
                                        + secret),
                        "run",
                        "--set",
                        "rigs.count=3",
                        "--set",
                        "log.level=TRACE")) {
            URI metrics = URI.create(run.address("metrics"));
            URI kafkaUri = URI.create("kafka://" + run.address("Kafka"));
            assertThat(kafkaUri.getPort())
                    .as("the default port is taken")
                    .isBetween(kafka.number() + 1, kafka.number() + 20);
            assertThat(metrics.getPort())
                    .as("the default port is taken")
                    .isBetween(observe.number() + 1, observe.number() + 20);
            URI routes = URI.create(run.address("API"));
            assertThat(routes.getPort()).as("the default port is taken").isBetween(api.number() + 1, api.number() + 20);
            send(kafkaUri.getAuthority(), "BAD-1", "{\"rig\":\"BAD-1\",\"" + payload);

            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .untilAsserted(() -> {
                        assertThat(get(metrics).body()).contains(METERS);
                        HttpResponse<String> ready = get(metrics.resolve("/observe/health/ready"));
                        assertThat(ready.statusCode()).as(ready.body()).isEqualTo(200);
                    });
            String text = get(metrics).body();
            HttpResponse<String> live = get(metrics.resolve("/observe/health/live"));
            HttpResponse<String> ready = get(metrics.resolve("/observe/health/ready"));
            assertThat(live.statusCode()).as(live.body()).isEqualTo(200);
            assertThat(ready.statusCode()).as(ready.body()).isEqualTo(200);
            assertThat(ready.body()).contains("\"consumer:route-telemetry\"");
            assertThat(get(routes).statusCode()).isEqualTo(200);
            assertThat(Files.readString(folder.resolve("data/api/url")).strip())
                    .isEqualTo("http://" + routes.getAuthority());
            String token = Files.readString(folder.resolve("data/api/token")).strip();
            assertLoopbackOnly(run.pid(), metrics.getPort(), kafkaUri.getPort(), routes.getPort());

            run.terminate();
            assertThat(run.exitCode(LEAVE)).isEqualTo(143);
            assertThat(run.out() + run.err() + text + live.body() + ready.body())
                    .doesNotContain(secret, token, payload, "\"channels\"", "DBTM");
        }
    }

    private static void send(String kafka, String key, String value) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>("rig.telemetry", key.getBytes(UTF_8), value.getBytes(UTF_8)))
                    .get();
        }
    }

    private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static void assertLoopbackOnly(long pid, int... ports) throws IOException {
        for (InetAddress other : otherAddresses()) {
            for (int port : ports) {
                assertThatExceptionOfType(ConnectException.class)
                        .as("%s:%d", other, port)
                        .isThrownBy(() -> connect(other, port));
            }
        }
        if (Files.isReadable(Path.of("/proc/net/tcp"))) {
            assertThat(listening(pid)).as("address:port in hexadecimal").hasSizeGreaterThanOrEqualTo(2);
            assertThat(listening(pid))
                    .allMatch(address ->
                            address.startsWith("0100007F:") || address.startsWith("0000000000000000FFFF00000100007F:"));
        }
    }

    private static void connect(InetAddress address, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 2_000);
        }
    }

    private static List<InetAddress> otherAddresses() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .toList();
    }

    /** Where the process listens, as Linux tells it: local address and port of its sockets in state 0A. */
    private static Set<String> listening(long pid) throws IOException {
        Set<String> inodes = new HashSet<>();
        try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            for (Path file : files.toList()) {
                target(file).filter(name -> name.startsWith("socket:[")).ifPresent(inodes::add);
            }
        }
        Set<String> addresses = new TreeSet<>();
        for (String table : List.of("tcp", "tcp6")) {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/net/" + table))) {
                String[] cells = line.strip().split("\\s+");
                if (cells[3].equals("0A") && inodes.contains("socket:[" + cells[9] + "]")) {
                    addresses.add(cells[1]);
                }
            }
        }
        return addresses;
    }

    private static Optional<String> target(Path link) {
        try {
            return Optional.of(Files.readSymbolicLink(link).toString());
        } catch (IOException closedMeanwhile) {
            return Optional.empty();
        }
    }

    @Test
    void aChosenPortThatIsTakenStopsTheStart() throws Exception {
        try (Taken taken = Taken.port(0)) {
            String port = Integer.toString(taken.number());
            try (JarProcess kafka = start("broker.port=" + port, "observe.port=0");
                    JarProcess observe = start("broker.port=0", "observe.port=" + port);
                    JarProcess api = start("broker.port=0", "observe.port=0", "api.port=" + port)) {
                assertThat(kafka.exitCode(WHOLE_RUN)).as(kafka.toString()).isEqualTo(78);
                assertThat(kafka.err().lines())
                        .containsExactly("Port " + port + " on 127.0.0.1 for the embedded Kafka is in use by another"
                                + " program; stop that program or set another port.");
                assertThat(observe.exitCode(WHOLE_RUN)).as(observe.toString()).isEqualTo(78);
                assertThat(observe.err().lines())
                        .containsExactly("Port " + port + " on 127.0.0.1 for metrics and health is in use by another"
                                + " program; stop that program or set another port.");
                assertThat(api.exitCode(WHOLE_RUN)).as(api.toString()).isEqualTo(78);
                assertThat(api.err().lines())
                        .containsExactly("Port " + port + " on 127.0.0.1 for the API is in use by another"
                                + " program; stop that program or set another port.");
                assertThat(kafka.out() + observe.out() + api.out()).isEmpty();
            }
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void badSettingsAreNamedTogetherBeforeAnythingStarts() throws Exception {
        try (JarProcess run = start("rigs.count=-1", "rigs.period=5", "rig.count=3", "broker.port=99999")) {
            assertThat(run.exitCode(WHOLE_RUN)).as(run.toString()).isEqualTo(78);

            assertThat(run.err().lines()).hasSize(4);
            assertThat(run.err())
                    .contains("rigs.count=-1", "0", "10000")
                    .contains("rigs.period=5", "10ms", "1h")
                    .contains("rig.count", "rigs.count")
                    .contains("broker.port=99999", "65535");
            assertThat(run.out()).isEmpty();
        }
        assertThat(folder).isEmptyDirectory();
    }

    private JarProcess start(String... settings) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("run"));
        for (String setting : settings) {
            arguments.addAll(List.of("--set", setting));
        }
        return JarProcess.start(folder, arguments.toArray(String[]::new));
    }

    /** A port on which somebody listens: this test, or, if it cannot, whoever was there before. */
    private record Taken(int number, Optional<ServerSocket> socket) implements AutoCloseable {
        static Taken port(int number) throws IOException {
            try {
                ServerSocket socket = new ServerSocket(number, 1, InetAddress.getByName("127.0.0.1"));
                return new Taken(socket.getLocalPort(), Optional.of(socket));
            } catch (BindException takenByAnother) {
                return new Taken(number, Optional.empty());
            }
        }

        @Override
        public void close() throws IOException {
            if (socket.isPresent()) {
                socket.get().close();
            }
        }
    }
}
