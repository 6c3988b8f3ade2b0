package routes.application;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static routes.application.TestApplication.header;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.deadletter.LetterFilter;
import routes.deadletter.Redrive;
import routes.deadletter.RedriveReport;
import routes.deadletter.RedriveRequest;
import routes.deadletter.RedriveTargets;
import routes.deadletter.StoredValues;
import routes.kafka.SendWatch;

/** A message that fails, is redriven, and fails again: what the routes and the redrive make of each other's headers. */
class RedriveRoundTripIT {
    private static final byte[] KEY = "RIG-007".getBytes(UTF_8);
    private static final byte[] BINARY = {0, (byte) 0xff};

    @TempDir
    private Path data;

    private TestApplication app;

    @BeforeEach
    void start() throws Exception {
        app = TestApplication.start(data, Map.of("rigs.count", "0"));
    }

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void aMessageThatFailsAgainComesBackWithItsCountRaised() throws Exception {
        byte[] value = "not json".getBytes(UTF_8);
        app.send("rig.telemetry", 5, KEY, value, new RecordHeader("own", BINARY));
        ConsumerRecord<byte[], byte[]> first = letters(1).get(0);

        redriveAll();
        ConsumerRecord<byte[], byte[]> second = letters(2).get(1);
        redriveAll();
        ConsumerRecord<byte[], byte[]> third = letters(3).get(2);

        assertThat(List.of(first, second, third)).allSatisfy(letter -> {
            assertThat(letter.partition()).isEqualTo(5);
            assertThat(letter.key()).isEqualTo(KEY);
            assertThat(letter.value()).isEqualTo(value);
            assertThat(letter.headers().lastHeader("own").value()).isEqualTo(BINARY);
            assertThat(header(letter, "dlq.reason")).isEqualTo("not-json");
            assertThat(header(letter, "dlq.attempts")).isEqualTo("1");
            assertThat(header(letter, "dlq.first-failed-at")).isEqualTo(header(first, "dlq.first-failed-at"));
            assertThat(letter.headers().toArray().length)
                    .isEqualTo(first.headers().toArray().length);
        });
        assertThat(List.of(first, second, third))
                .extracting(letter -> header(letter, "dlq.redrive-count"))
                .containsExactly("0", "1", "2");
        assertThat(List.of(first, second, third))
                .extracting(letter -> header(letter, "__connect.errors.offset"))
                .containsExactly("0", "1", "2");
        assertThat(app.settled("rig.telemetry"))
                .extracting(record -> header(record, "source"))
                .containsExactly(null, "rig.dead-letters/5/0", "rig.dead-letters/5/1");
        assertThat(redriveAll().sentInAll()).isEqualTo(1);
    }

    @Test
    void aValueThatDidNotFitIsRedrivenWhole() throws Exception {
        byte[] value = new byte[1_040_000];
        Arrays.fill(value, (byte) 'x');
        RecordMetadata sent = app.send("rig.telemetry", 2, KEY, value);
        letters(1);

        RedriveReport report = redriveAll();

        assertThat(report.sentInAll()).isEqualTo(1);
        assertThat(app.await(2, "rig.telemetry"))
                .filteredOn(record -> record.offset() > sent.offset())
                .singleElement()
                .satisfies(record -> assertThat(record.value()).isEqualTo(value));
        assertThat(letters(2).get(1)).satisfies(letter -> {
            assertThat(header(letter, "dlq.redrive-count")).isEqualTo("1");
            assertThat(header(letter, "dlq.stored-bytes")).isEqualTo("1040000");
        });
    }

    @Test
    void aForeignRecordComesBackByteForByteHoweverOftenItIsRedriven() throws Exception {
        Header[] own = {
            new RecordHeader("a", "1".getBytes(UTF_8)),
            new RecordHeader("a", "2".getBytes(UTF_8)),
            new RecordHeader("nul", null),
            new RecordHeader("CamelX", BINARY),
            new RecordHeader("kafka.Y", BINARY),
            new RecordHeader("kafka.OVERRIDE_TOPIC", "rig.fleet".getBytes(UTF_8)),
            new RecordHeader("dlq.stored-path", "dead-letters/rig.telemetry/1/0.bin".getBytes(UTF_8)),
            new RecordHeader("source", "foreign".getBytes(UTF_8)),
            new RecordHeader("A", new byte[0]),
        };
        app.send("rig.telemetry", 1, null, "not json".getBytes(UTF_8), own);
        letters(1);

        redriveAll();
        letters(2);
        redriveAll();

        assertThat(letters(3))
                .allSatisfy(letter -> assertThat(header(letter, "dlq.reason")).isEqualTo("not-json"));
        assertThat(app.settled("rig.telemetry")).hasSize(3).allSatisfy(record -> {
            assertThat(record.key()).isNull();
            assertThat(record.value()).isEqualTo("not json".getBytes(UTF_8));
            assertThat(Arrays.copyOf(record.headers().toArray(), own.length)).isEqualTo(own);
        });
        assertThat(app.settled("rig.telemetry").get(2).headers().toArray()).hasSize(own.length + 2);
    }

    @Test
    void aKeyAndHeadersThatDidNotFitAreRedrivenWhole() throws Exception {
        byte[] key = new byte[1_000_000];
        Arrays.fill(key, (byte) 'k');
        Header large = new RecordHeader("h".repeat(300), new byte[10_000]);
        app.send("rig.telemetry", 1, key, null, large, large);
        letters(1);

        assertThat(redriveAll().refused()).isEmpty();

        assertThat(app.settled("rig.telemetry")).hasSize(2).allSatisfy(record -> {
            assertThat(record.key()).isEqualTo(key);
            assertThat(record.value()).isNull();
            assertThat(record.headers().headers(large.key())).containsExactly(large, large);
        });
        assertThat(header(letters(2).get(1), "dlq.redrive-count")).isEqualTo("1");
    }

    private List<ConsumerRecord<byte[], byte[]>> letters(int count) throws Exception {
        app.await(count, "rig.dead-letters");
        return app.settled("rig.dead-letters");
    }

    private RedriveReport redriveAll() {
        RedriveRequest request =
                new RedriveRequest(LetterFilter.ALL, List.of(), Long.MAX_VALUE, 1_000, Double.POSITIVE_INFINITY, false);
        return new Redrive(
                        Map.of("bootstrap.servers", app.bootstrapServers()),
                        Map.of(),
                        "rig.dead-letters",
                        RedriveTargets.only("rig.telemetry", "my.wide"),
                        new StoredValues(data.resolve("dead-letters")),
                        Clock.systemUTC())
                .run(request, new SendWatch() {
                    @Override
                    public void progress(long done, long all) {
                        // nobody looks on
                    }

                    @Override
                    public boolean stopWithin(Duration time) {
                        return false;
                    }
                });
    }
}
