package routes.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A reader that is not ours, npm's avsc, finds in our files what was put there. */
@ExtendWith(AzuriteExtension.class)
class AvscIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HexFormat HEX = HexFormat.of();
    private static final long TIME = Instant.parse("2026-11-20T15:47:29.123Z").toEpochMilli();

    @TempDir
    private Path folder;

    @Test
    void everyRecordIsReadAsItWasWritten() throws Exception {
        List<ConsumerRecord<byte[], byte[]>> records = records(5_000);
        String path = new SampleArchive(folder).add(records);

        List<JsonNode> read = read(folder.resolve(path));

        assertThat(read).hasSameSizeAs(records);
        for (int i = 0; i < read.size(); i++) {
            assertThat(read.get(i)).isEqualTo(expected(records.get(i)));
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(int count) {
        Random random = new Random(7);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] key = i % 10 == 1 ? null : ("RIG-" + i % 3).getBytes(UTF_8);
            byte[] value = i % 10 == 2 ? null : new byte[random.nextInt(2_000)];
            if (value != null) {
                random.nextBytes(value);
            }
            RecordHeaders headers = new RecordHeaders();
            headers.add("schema", "rig-telemetry/1".getBytes(UTF_8));
            headers.add("nothing", null);
            records.add(new ConsumerRecord<>(
                    "rig.telemetry",
                    3,
                    1_000_000 + i,
                    TIME + i,
                    TimestampType.LOG_APPEND_TIME,
                    0,
                    0,
                    key,
                    value,
                    headers,
                    Optional.empty()));
        }
        return records;
    }

    private static JsonNode expected(ConsumerRecord<byte[], byte[]> record) {
        var node = JSON.createObjectNode()
                .put("SequenceNumber", (int) record.offset())
                .put("Offset", Long.toString(record.offset()))
                .put("EnqueuedTimeUtc", "11/20/2026 3:47:" + (29 + (123 + record.timestamp() - TIME) / 1000) + " PM");
        var system = node.putObject("SystemProperties");
        if (record.key() != null) {
            system.putObject("x-opt-kafka-key").put("bytes", HEX.formatHex(record.key()));
        }
        system.putObject("x-rig-timestamp-ms").put("long", record.timestamp());
        node.putObject("Properties")
                .putNull("nothing")
                .putObject("schema")
                .put("bytes", HEX.formatHex("rig-telemetry/1".getBytes(UTF_8)));
        if (record.value() == null) {
            node.putNull("Body");
        } else {
            node.put("Body", HEX.formatHex(record.value()));
        }
        return node;
    }

    private List<JsonNode> read(Path file) throws IOException, InterruptedException {
        Process node = new ProcessBuilder(
                        "node", Azurite.TOOLS.resolve("read-avro.js").toString(), file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<JsonNode> read = new ArrayList<>();
        for (String line : node.inputReader(UTF_8).lines().toList()) {
            read.add(JSON.readTree(line));
        }
        assertThat(node.waitFor()).isZero();
        return read;
    }
}
