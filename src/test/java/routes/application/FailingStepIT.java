package routes.application;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.OwnRoutes;

/** A user's step before the send, of a class of the user's own, that fails or does not return. */
class FailingStepIT {

    @TempDir
    Path data;

    @TempDir
    Path routes;

    private final Map<String, String> settings = new HashMap<>(Map.of("rigs.count", "0"));

    @BeforeEach
    void addTheStepToTheRouteThatFlags() throws IOException {
        OwnRoutes.copyBuiltIn(routes);
        Path file = routes.resolve("rigs/flag-message.camel.yaml");
        String text = Files.readString(file);
        String withStep = text.replaceFirst(
                "( *)- process:\n( *)id: [\\w-]+\n *ref: read-telemetry-or-skip\n",
                "$0$1- process:\n$2id: look-up\n$2ref: look-up\n");
        assertThat(withStep).isNotEqualTo(text);
        Files.writeString(
                file, withStep + "- beans:\n    - name: look-up\n      type: " + LookUp.class.getName() + "\n");
        settings.put("routes.dir", routes.toString());
        settings.put("routes.allow-components", "class");
        settings.put("deadletters.redelivery-delay", "10ms");
    }

    @AfterEach
    void forget() {
        LookUp.reset();
    }

    @Test
    void aFailureThatPassesIsTriedAgainInPlaceAndOrderHolds() throws Exception {
        LookUp.fails = attempt -> attempt.seq() == 3 && attempt.number() <= 4;

        try (TestApplication app = start()) {
            send(app, 6);

            assertThat(seqs(app.settled("rig.flagged"))).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
            assertThat(app.settled("rig.dead-letters")).isEmpty();
        }
    }

    @Test
    void aFailureThatStaysIsDeadLetteredAsFailedAndTheRestGoesOn() throws Exception {
        LookUp.fails = attempt -> attempt.seq() == 3;

        try (TestApplication app = start()) {
            send(app, 6);

            assertThat(seqs(app.settled("rig.flagged"))).containsExactly(1L, 2L, 4L, 5L, 6L);
            assertThat(app.settled("rig.dead-letters")).singleElement().satisfies(letter -> {
                assertThat(letter.value()).isEqualTo(message(3));
                assertThat(TestApplication.header(letter, "dlq.reason")).isEqualTo("failed");
                assertThat(TestApplication.header(letter, "dlq.attempts")).isEqualTo("5");
                assertThat(TestApplication.header(letter, "__connect.errors.task.id"))
                        .isEqualTo("flag-telemetry");
            });
            Awaitility.await("a second copy in the data folder")
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(copies())
                            .singleElement()
                            .asString()
                            .contains("\"dlq.reason\" : \"failed\"", "\\\"seq\\\":3"));
        }
    }

    @Test
    void whatTheStepTalksToIsDownAndTheDeadLettersAreNotFlooded() throws Exception {
        settings.put("deadletters.redeliveries", "1");
        settings.put("deadletters.failed-max", "5");
        LookUp.fails = attempt -> true;

        try (TestApplication app = start()) {
            send(app, 200);
            app.awaitReadiness(503, "batch(es) in a row failed");
            LookUp.fails = attempt -> false;

            List<Long> flagged = seqs(app.settled("rig.flagged"));
            List<Long> dead = seqs(app.settled("rig.dead-letters"));
            assertThat(dead).hasSizeBetween(5, 15);
            assertThat(Stream.concat(flagged.stream(), dead.stream()))
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, 200).boxed().toList());
            assertThat(flagged).isSorted();
            app.awaitReadiness(200);
        }
    }

    @Test
    void oneFailingRigOfTwentyHoldsUpNobody() throws Exception {
        settings.put("deadletters.redelivery-delay", "100ms");
        LookUp.fails = attempt -> attempt.seq() % 20 == 3;

        try (TestApplication app = start()) {
            for (long seq = 1; seq <= 2_000; seq++) {
                byte[] rig = ("R-" + seq % 20).getBytes(UTF_8);
                app.sendLater("rig.telemetry", 0, rig, message("R-" + seq % 20, seq));
            }

            // Each of its records, redelivered in full, would take 1.5 s: two minutes and a half in all.
            List<ConsumerRecord<byte[], byte[]>> flagged = app.settled("rig.flagged");
            for (long rig = 0; rig < 20; rig++) {
                long number = rig;
                assertThat(seqs(flagged).stream().filter(seq -> seq % 20 == number))
                        .as("all of R-" + rig + ", in order, or none of the failing one")
                        .containsExactlyElementsOf(LongStream.rangeClosed(1, number == 3 ? 0 : 2_000)
                                .filter(seq -> seq % 20 == number)
                                .boxed()
                                .toList());
            }
            List<ConsumerRecord<byte[], byte[]>> letters = app.settled("rig.dead-letters");
            assertThat(letters).hasSize(100);
            assertThat(letters.stream().map(letter -> TestApplication.header(letter, "dlq.attempts")))
                    .as("redelivered once for the rig, then tried once each")
                    .startsWith("5")
                    .containsOnlyOnce("5");
        }
    }

    @Test
    void aRouteWithoutDeadLettersKeepsOrderAroundARecordThatFails() throws Exception {
        Path file = routes.resolve("rigs/flag-message.camel.yaml");
        Files.writeString(
                file, Files.readString(file).replace("routeConfigurationId: record", "routeConfigurationId: batch"));
        LookUp.fails = attempt -> attempt.seq() == 3 && attempt.number() <= 2;

        try (TestApplication app = start()) {
            send(app, 6);

            assertThat(seqs(app.settled("rig.flagged"))).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
            assertThat(app.settled("rig.dead-letters")).isEmpty();
        }
    }

    @Test
    void anErrorIsAFailureLikeAnyOtherAndStopsNoRoute() throws Exception {
        LookUp.breaks = attempt -> attempt.seq() == 3 && attempt.number() == 1 || attempt.seq() == 5;

        try (TestApplication app = start()) {
            send(app, 6);

            assertThat(seqs(app.settled("rig.flagged"))).containsExactly(1L, 2L, 3L, 4L, 6L);
            assertThat(app.settled("rig.dead-letters")).singleElement().satisfies(letter -> {
                assertThat(letter.value()).isEqualTo(message(5));
                assertThat(TestApplication.header(letter, "__connect.errors.exception.message"))
                        .contains("OutOfMemoryError", "as the test says");
            });
        }
    }

    @Test
    void aStepThatNeverReturnsIsGivenUpAndItsBatchReadAgain() throws Exception {
        settings.put("deadletters.redeliveries", "0");
        settings.put("camel.component.kafka.maxPollIntervalMs", "4000");
        LookUp.hangs = attempt -> attempt.seq() == 3 && attempt.number() == 1;

        try (TestApplication app = start()) {
            send(app, 6);

            // A step that goes on in a thread of its own gives up order: the records behind it do not wait.
            assertThat(seqs(app.settled("rig.flagged"))).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L);
            assertThat(app.settled("rig.dead-letters")).isEmpty();
        }
    }

    private List<String> copies() throws IOException {
        Path folder = data.resolve("dead-letter-copies");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".json")).toList()) {
                found.add(Files.readString(file));
            }
        }
        return found;
    }

    private TestApplication start() throws Exception {
        return TestApplication.start(data, settings);
    }

    private static void send(TestApplication app, long count) {
        for (long seq = 1; seq <= count; seq++) {
            app.sendLater("rig.telemetry", 0, "R".getBytes(UTF_8), message(seq));
        }
    }

    private static byte[] message(long seq) {
        return message("R", seq);
    }

    private static byte[] message(String rig, long seq) {
        return ("{\"rig\":\"" + rig + "\",\"well\":\"W1\",\"time\":\"2026-11-20T10:00:00.000Z\",\"seq\":" + seq
                        + ",\"activity\":2,\"late\":false,\"channels\":{\"GASA\":9.5}}")
                .getBytes(UTF_8);
    }

    private static List<Long> seqs(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().map(record -> seq(record.value())).toList();
    }

    private static long seq(byte[] message) {
        return Long.parseLong(new String(message, UTF_8).replaceAll(".*\"seq\":(\\d+).*", "$1"));
    }

    /** A step that fails or hangs as the test says; Camel makes it, as it would a user's class. */
    public static final class LookUp extends AsyncProcessorSupport {
        private static final Map<Long, Integer> ATTEMPTS = new ConcurrentHashMap<>();
        private static volatile Predicate<Attempt> fails;
        private static volatile Predicate<Attempt> hangs;
        private static volatile Predicate<Attempt> breaks;

        static {
            reset();
        }

        static void reset() {
            ATTEMPTS.clear();
            fails = attempt -> false;
            hangs = attempt -> false;
            breaks = attempt -> false;
        }

        record Attempt(long seq, int number) {}

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            long seq = seq(exchange.getMessage().getBody(byte[].class));
            Attempt attempt = new Attempt(seq, ATTEMPTS.merge(seq, 1, Integer::sum));
            if (hangs.test(attempt)) {
                return false;
            }
            if (breaks.test(attempt)) {
                throw new OutOfMemoryError("as the test says");
            }
            if (fails.test(attempt)) {
                exchange.setException(new IOException("the table is away"));
            }
            callback.done(true);
            return true;
        }
    }
}
