package routes.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.application.TestApplication;
import routes.archive.SampleArchive;
import routes.audit.AuditFeed;
import routes.audit.AuditFeed.Message;

class ArchiveAuditIT {
    private static final String DRILLING = "rig.activity.drilling";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void everyFaultIsNamedWithItsPartitionItsOffsetsAndItsFile() throws Exception {
        try (AuditFeed feed = AuditFeed.start(folder.resolve("kafka"))) {
            List<ConsumerRecord<byte[], byte[]>> records = records(feed, 60);
            feed.commitArchived();
            SampleArchive archive = new SampleArchive(folder.resolve("archive/capture"));
            String removed = archive.add(without(3, records.subList(0, 10)));
            String doubled = archive.add(records.subList(8, 20));
            List<ConsumerRecord<byte[], byte[]>> changed = new ArrayList<>(records.subList(20, 30));
            changed.set(2, altered(changed.get(2), "key", "value", 0));
            changed.set(4, altered(changed.get(4), "", "another", 0));
            changed.set(6, altered(changed.get(6), "", "", 0));
            changed.set(8, altered(changed.get(8), "", "", 1));
            String altered = archive.add(changed);
            List<ConsumerRecord<byte[], byte[]>> order = new ArrayList<>(records.subList(30, 40));
            Collections.swap(order, 4, 5);
            String swapped = archive.add(order);
            String late = archive.add(records.subList(45, 55));
            String at = "rig.telemetry/" + records.get(0).partition();

            int code = audit(feed.bootstrapServers());

            assertThat(code).isEqualTo(1);
            assertThat(out.toString().lines())
                    .contains(
                            "lost: offset 3 of " + at + " is in no file; expected within " + removed,
                            "lost: offsets 40 to 44 of " + at + " are in no file; expected between " + swapped + " and "
                                    + late,
                            "lost: offsets 55 to 59 of " + at + " are in no file; expected behind " + late,
                            "doubled: offsets 8 to 9 of " + at + " stand in " + removed + " and again in " + doubled,
                            "altered: offset 22 of " + at + " stands in " + altered + " with another key",
                            "altered: offset 24 of " + at + " stands in " + altered + " with another value",
                            "altered: offset 26 of " + at + " stands in " + altered + " with another set of headers",
                            "altered: offset 28 of " + at + " stands in " + altered + " with another time",
                            "reordered: offset 34 of " + at + " stands in " + swapped + " behind offset 35",
                            "not good: 11 lost, 1 reordered, 0 misrouted, 4 altered, 2 archived again, 60"
                                    + " unverifiable, 0 problem(s)");
            audit(feed.bootstrapServers(), "--json");
            assertThat(counts()).isEqualTo("60 lost 11 doubled 2 reordered 1 altered 4");
        }
    }

    @Test
    void doublingAloneIsNotGood() throws Exception {
        try (AuditFeed feed = AuditFeed.start(folder.resolve("kafka"))) {
            List<ConsumerRecord<byte[], byte[]>> records = records(feed, 6);
            feed.commitArchived();
            List<ConsumerRecord<byte[], byte[]>> twice = new ArrayList<>(records);
            twice.add(3, records.get(2));
            String file = new SampleArchive(folder.resolve("archive/capture")).add(twice);

            int code = audit(feed.bootstrapServers());

            assertThat(code).isEqualTo(1);
            assertThat(out.toString())
                    .contains("doubled: offset 2 of rig.telemetry/"
                            + records.get(0).partition() + " stands twice in " + file);
        }
    }

    @Test
    void whatHasExpiredStandsOnceOrIsLostAndCannotBeCompared() throws Exception {
        try (AuditFeed feed = AuditFeed.start(folder.resolve("kafka"))) {
            List<ConsumerRecord<byte[], byte[]>> records = records(feed, 30);
            feed.commitArchived();
            SampleArchive archive = new SampleArchive(folder.resolve("archive/capture"));
            archive.add(records.subList(0, 10));
            archive.add(records.subList(10, 30));
            String at = "rig.telemetry/" + records.get(0).partition();
            expire(feed, records.get(15));

            int code = audit(feed.bootstrapServers(), "--json");

            assertThat(counts()).isEqualTo("30 unverifiable 15");
            assertThat(report().get("findings"))
                    .anySatisfy(finding -> assertThat(finding.get("sentence").asText())
                            .isEqualTo("offsets 0 to 14 of " + at + " stand in the archive; the content cannot be"
                                    + " compared, as the topic has no such record any more"));
            assertThat(code).isZero();
        }
    }

    @Test
    void onlyWhatCameSinceIsLookedAt() throws Exception {
        try (AuditFeed feed = AuditFeed.start(folder.resolve("kafka"))) {
            records(feed, 5);
            Instant since = Instant.ofEpochMilli(1 + records(feed, 5, 5).get(9).timestamp());
            Awaitility.await().until(() -> Instant.now().isAfter(since));
            List<ConsumerRecord<byte[], byte[]>> records = records(feed, 10, 10);
            feed.commitArchived();
            new SampleArchive(folder.resolve("archive/capture")).add(without(12, records.subList(5, 20)));

            int code = audit(feed.bootstrapServers(), "--json", "--since", since.toString());

            assertThat(counts()).isEqualTo("10 lost 1");
            assertThat(code).isEqualTo(1);
        }
    }

    @Test
    void whatExpiredBeforeItWasArchivedIsLost() throws Exception {
        try (AuditFeed feed = AuditFeed.start(folder.resolve("kafka"))) {
            List<ConsumerRecord<byte[], byte[]>> records = records(feed, 30);
            feed.commitArchived(records.get(9));
            new SampleArchive(folder.resolve("archive/capture")).add(records.subList(0, 10));
            expire(feed, records.get(15));

            int code = audit(feed.bootstrapServers(), "--json");

            assertThat(counts()).isEqualTo("15 lost 5 unverifiable 10");
            assertThat(code).isEqualTo(1);
        }
    }

    @Test
    void aFileThatCannotBeReadIsAProblemAndItsRecordsAreNotCalledLost() throws Exception {
        try (AuditFeed feed = AuditFeed.start(folder.resolve("kafka"))) {
            List<ConsumerRecord<byte[], byte[]>> records = records(feed, 10);
            feed.commitArchived();
            Path capture = folder.resolve("archive/capture");
            Path file = capture.resolve(new SampleArchive(capture).add(records));
            byte[] whole = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(whole, whole.length - 20));

            int code = audit(feed.bootstrapServers(), "--json");

            assertThat(code).isEqualTo(1);
            assertThat(counts()).as("what can be read of it is compared").matches("10 unverifiable [1-9]0?");
            assertThat(report().get("problems").get(0).asText())
                    .contains(".avro: the file is damaged or was cut off after record");
        }
    }

    @Test
    void anArchiveThatIsNotThereIsAProblemOnlyIfItShouldBe() throws Exception {
        try (AuditFeed feed = AuditFeed.start(folder.resolve("kafka"))) {
            records(feed, 3);
            assertThat(audit(feed.bootstrapServers())).isZero();

            feed.commitArchived();

            assertThat(audit(feed.bootstrapServers())).isEqualTo(1);
            assertThat(out.toString())
                    .contains("problem: rig-streams.archive-telemetry has committed offsets of rig.telemetry, but "
                            + folder.resolve("archive/capture")
                            + " has no file of it below rig-streams/rig.telemetry/");
            assertThat(audit(feed.bootstrapServers(), "--set", "archive.enabled=false"))
                    .isZero();
        }
    }

    @Test
    void theArchiveOfARunningSystemIsGood() throws Exception {
        Map<String, String> settings = Map.of("rigs.count", "20", "rigs.period", "100ms", "archive.window", "500ms");
        try (TestApplication app = TestApplication.start(folder, settings)) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> app.scrape("rig_archive_records_total.*") > 1_000);

            int code = audit(app.bootstrapServers(), "--json");

            assertThat(counts()).matches("\\d{4,}");
            assertThat(code).as(out.toString()).isZero();
        }
    }

    /** Good messages of one rig, as they stand in their partition. */
    private static List<ConsumerRecord<byte[], byte[]>> records(AuditFeed feed, int count) throws Exception {
        return records(feed, 0, count);
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(AuditFeed feed, int first, int count) throws Exception {
        List<Message> messages = feed.good("RIG-1", first, count, 2, DRILLING);
        feed.commit();
        TopicPartition partition =
                new TopicPartition("rig.telemetry", messages.get(0).at().partition());
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", feed.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                return records.size() == first + count;
            });
        }
        return records;
    }

    private static List<ConsumerRecord<byte[], byte[]>> without(
            long offset, List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().filter(record -> record.offset() != offset).toList();
    }

    /** Where nothing is said, key and value are those of the record; without either and without later, the headers differ. */
    private static ConsumerRecord<byte[], byte[]> altered(
            ConsumerRecord<byte[], byte[]> record, String key, String value, long laterMillis) {
        RecordHeaders headers = new RecordHeaders(record.headers());
        if (key.isEmpty() && value.isEmpty() && laterMillis == 0) {
            headers.add("another", new byte[] {1});
        }
        return new ConsumerRecord<>(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp() + laterMillis,
                record.timestampType(),
                record.serializedKeySize(),
                record.serializedValueSize(),
                key.isEmpty() ? record.key() : key.getBytes(UTF_8),
                value.isEmpty() ? record.value() : value.getBytes(UTF_8),
                headers,
                Optional.empty());
    }

    private static void expire(AuditFeed feed, ConsumerRecord<byte[], byte[]> upTo) throws Exception {
        TopicPartition partition = new TopicPartition(upTo.topic(), upTo.partition());
        feed.admin()
                .deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(upTo.offset())))
                .all()
                .get();
    }

    private int audit(String bootstrapServers, String... options) {
        out.getBuffer().setLength(0);
        String[] arguments = Stream.concat(
                        Stream.of(
                                "audit",
                                "--bootstrap",
                                bootstrapServers,
                                "--set",
                                "archive.dir=" + folder.resolve("archive")),
                        Stream.of(options))
                .toArray(String[]::new);
        return Commands.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    private JsonNode report() throws IOException {
        return new ObjectMapper().readTree(out.toString());
    }

    /** Of the stage of the archive: the number of records, then every other count that is not 0. */
    private String counts() throws IOException {
        List<String> stages = new ArrayList<>();
        for (JsonNode stage : report().get("stages")) {
            if (stage.get("to").asText().equals("archive")) {
                assertThat(stage.get("from").asText()).isEqualTo("rig.telemetry");
                StringBuilder counts = new StringBuilder(stage.get("records").asText());
                for (String name : List.of("lost", "doubled", "reordered", "unverifiable", "misrouted", "altered")) {
                    long count = stage.get(name).asLong();
                    counts.append(count == 0 ? "" : " " + name + " " + count);
                }
                stages.add(counts.toString());
            }
        }
        assertThat(stages).hasSize(1);
        return stages.get(0);
    }
}
