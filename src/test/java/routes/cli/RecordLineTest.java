package routes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class RecordLineTest {
    private static final int WIDE = Integer.MAX_VALUE;

    private final RecordHeaders headers = new RecordHeaders();

    @Test
    void saysWhereWhenWhoseHowLargeWhatHeadersAndWhat() {
        headers.add("schema", bytes("rig-telemetry/1"));
        headers.add("none", null);

        String line = new RecordLine(WIDE).of(record(bytes("RIG-007"), bytes("{\"rig\":\"RIG-007\"}")));

        assertThat(line)
                .isEqualTo("rig.telemetry/3@42 2026-11-20T10:00:00.500Z key=RIG-007 17 B schema=rig-telemetry/1"
                        + " none=(null) {\"rig\":\"RIG-007\"}");
    }

    @Test
    void aLineIsCutAtTheWidth() {
        String line = new RecordLine(30).of(record(bytes("RIG-007"), bytes("x".repeat(20_000))));

        assertThat(line).isEqualTo("rig.telemetry/3@42 2026-11-20…").hasSize(30);
    }

    @Test
    void aTombstoneAndAMissingKeyShowAsSuch() {
        assertThat(new RecordLine(WIDE).of(record(null, null))).endsWith("key=(null) 0 B (null)");
    }

    @Test
    void nothingInARecordReachesTheTerminalAsAControl() {
        headers.add("\u001b[2J", bytes("\r"));

        String line = new RecordLine(WIDE)
                .of(record(bytes("\u001b]0;title\u0007"), new byte[] {10, (byte) 0xc2, (byte) 0x9b, 0}));

        assertThat(line)
                .isEqualTo("rig.telemetry/3@42 2026-11-20T10:00:00.500Z key=\\u001b]0;title\\u0007 4 B"
                        + " \\u001b[2J=\\u000d \\u000a\\u009b\\u0000");
    }

    private ConsumerRecord<byte[], byte[]> record(byte[] key, byte[] value) {
        return new ConsumerRecord<>(
                "rig.telemetry",
                3,
                42,
                1_795_168_800_500L,
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                key,
                value,
                headers,
                Optional.empty());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
