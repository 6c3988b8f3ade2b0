package routes.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.kafka.Records;

/** A letter fits whatever its record has, and the redrive makes the very record of it again. */
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeadLettersTest {
    private static final int MAX = 100_000;
    private static final String MESSAGE = "{\"rig\":\"RIG-007\",\"secret\":\"4711\"}";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "7, 10, 0, 0, 0",
        "7, 99000, 0, 0, 0",
        "7, 3000000, 0, 0, 0",
        "120000, 10, 0, 0, 0",
        "3000000, 3000000, 3, 2000000, 10",
        "98000, 900, 1, 900, 300",
        "7, 10, 1, 1100000, 300",
        "7, 10, 1, 60000, 5",
        "7, 10, 20000, 5, 8",
        "7, 10, 2, 20, 120000",
        "-1, -1, 1, 1100000, 5",
        "120000, -1, 0, 0, 0",
        "0, 0, 1, 0, 0",
    })
    void itFitsAndTheSameRecordComesBack(int key, int value, int headers, int headerValue, int headerName)
            throws Exception {
        Headers all = new RecordHeaders();
        for (int i = 0; i < headers; i++) {
            all.add("h".repeat(headerName), bytes(headerValue));
        }
        all.add("nul", null);

        ConsumerRecord<byte[], byte[]> letter = letter(bytes(key), bytes(value), all, new IOException("x"), MAX);

        assertThat(size(letter)).isLessThanOrEqualTo(MAX);
        ProducerRecord<byte[], byte[]> again = redriven(letter);
        assertThat(again.key()).isEqualTo(bytes(key));
        assertThat(again.value()).isEqualTo(bytes(value));
        assertThat(Arrays.copyOf(again.headers().toArray(), headers + 1)).isEqualTo(all.toArray());
        assertThat(again.headers().toArray()).hasSize(headers + 4);
    }

    @Test
    void theSmallestLetterThatMayBeSetHasRoomForAllItSays() throws Exception {
        Headers all = new RecordHeaders().add("x".repeat(300), bytes(2_000_000));

        ConsumerRecord<byte[], byte[]> letter = letter(bytes(1_000_000), bytes(1_000_000), all, deep(400), 10_000);

        assertThat(size(letter)).isLessThanOrEqualTo(10_000);
        assertThat(redriven(letter).key()).isEqualTo(bytes(1_000_000));
    }

    private static Exception deep(int depth) {
        return depth == 0 ? new IOException("y".repeat(5_000)) : new Exception("z".repeat(5_000), deep(depth - 1));
    }

    @Test
    void whatAStepHasMadeOfTheMessageIsNotInTheLetter() throws Exception {
        Exchange exchange = exchange(bytes(3), bytes(4), new RecordHeaders().add("a", bytes(1)));
        Message message = exchange.getMessage();
        Records.Original original = Records.Original.of(exchange);
        exchange.setProperty("rig-streams.original", original);
        message.removeHeaders("*");
        message.setBody("changed");
        message.setHeader("added", bytes(1));
        message.setHeader(KafkaConstants.OVERRIDE_TOPIC, "rig.fleet");
        message.setHeader(KafkaConstants.OVERRIDE_TIMESTAMP, 5L);

        prepare(exchange, new IOException("x"), MAX);

        assertThat(message.getBody()).isEqualTo(bytes(4));
        assertThat(message.getHeader(KafkaConstants.KEY)).isEqualTo(bytes(3));
        assertThat(message.getHeaders())
                .containsEntry("a", bytes(1))
                .containsEntry("source", "rig.telemetry/11/42".getBytes(UTF_8))
                .doesNotContainKeys("added", KafkaConstants.OVERRIDE_TOPIC, KafkaConstants.OVERRIDE_TIMESTAMP);
    }

    @Test
    void aRecordCannotSayWhatOnlyALetterSays() throws Exception {
        Headers all = new RecordHeaders();
        for (String name : new String[] {
            "DLQ.stored-path", "dlq.stored-path", "Dlq.Reason", "__CONNECT.errors.topic", "X-Original-Topic", "SOURCE"
        }) {
            all.add(name, "mine".getBytes(UTF_8));
        }
        all.add("dlq.redrive-count", "many".getBytes(UTF_8)).add("dlq.first-failed-at", bytes(2_000_000));

        ConsumerRecord<byte[], byte[]> record = letter(bytes(3), bytes(4), all, new IOException("x"), MAX);

        Letter letter = new Letter(record);
        assertThat(letter.stored(Letter.Part.VALUE))
                .hasValueSatisfying(stored -> assertThat(stored.path()).endsWith("rig.telemetry/11/42.bin"));
        assertThat(letter.reason()).isEqualTo("failed");
        assertThat(letter.originalTopic()).contains("rig.telemetry");
        assertThat(letter.redriveCount()).isZero();
        assertThat(letter.text("source")).contains("rig.telemetry/11/42");
        assertThat(redriven(record).headers().headers("SOURCE")).hasSize(1);
    }

    @Test
    void itsReasonIsFoundBeneathWhatCamelWrapsAroundIt() throws Exception {
        assertThat(reason(new InvalidRecordException("no key"))).isEqualTo("refused");
        assertThat(reason(new KafkaException(new SerializationException("no bytes"))))
                .isEqualTo("refused");
        assertThat(reason(new CamelExecutionException("x", null, new RecordTooLargeException("n"))))
                .isEqualTo("too-large");
        assertThat(reason(new IOException("away"))).isEqualTo("failed");
    }

    private String reason(Exception failure) throws Exception {
        return new Letter(letter(bytes(1), bytes(1), new RecordHeaders(), failure, MAX)).reason();
    }

    @Test
    void whatWentWrongIsSaidWithoutTheMessage() throws Exception {
        Exchange exchange = exchange(bytes(1), MESSAGE.getBytes(UTF_8), new RecordHeaders());
        Exception failure = new CamelExecutionException(
                "on it", exchange, new NumberFormatException("For input string: \"" + MESSAGE + "\""));

        prepare(exchange, failure, MAX);

        Map<String, Object> headers = exchange.getMessage().getHeaders();
        assertThat(text(headers, "__connect.errors.exception.message"))
                .isEqualTo("java.lang.NumberFormatException: For input string…");
        assertThat(text(headers, "__connect.errors.exception.stacktrace"))
                .contains(
                        "CamelExecutionException",
                        "Caused by: java.lang.NumberFormatException",
                        "\tat routes.deadletter")
                .doesNotContain("4711", "secret");
    }

    private static String text(Map<String, Object> headers, String name) {
        return new String((byte[]) headers.get(name), UTF_8);
    }

    private ConsumerRecord<byte[], byte[]> letter(
            byte[] key, byte[] value, Headers headers, Exception failure, int maxBytes) throws IOException {
        Exchange exchange = exchange(key, value, headers);
        prepare(exchange, failure, maxBytes);
        Message letter = exchange.getMessage();
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(
                "rig.dead-letters",
                3,
                17,
                letter.getHeader(KafkaConstants.KEY, byte[].class),
                letter.getBody(byte[].class));
        Records.ownHeaders(letter).forEach((name, header) -> record.headers().add(name, (byte[]) header));
        return record;
    }

    private void prepare(Exchange exchange, Exception failure, int maxBytes) throws IOException {
        exchange.setProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, failure);
        new FailureNotes(Clock.systemUTC()).process(exchange);
        new DeadLetters("rig-streams", maxBytes, new OversizeStore(folder)).prepare(exchange);
    }

    private static Exchange exchange(byte[] key, byte[] value, Headers headers) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        Message message = exchange.getMessage();
        message.setHeader(KafkaConstants.TOPIC, "rig.telemetry");
        message.setHeader(KafkaConstants.PARTITION, 11);
        message.setHeader(KafkaConstants.OFFSET, 42L);
        message.setHeader(KafkaConstants.TIMESTAMP, 1_795_168_800_000L);
        message.setHeader(KafkaConstants.HEADERS, headers);
        message.setHeader(KafkaConstants.KEY, key);
        message.setBody(value);
        return exchange;
    }

    private ProducerRecord<byte[], byte[]> redriven(ConsumerRecord<byte[], byte[]> letter) throws Exception {
        return new Originals(
                        topic -> OptionalInt.of(16), RedriveTargets.only("rig.telemetry"), new StoredValues(folder))
                .of(new Letter(letter));
    }

    private static long size(ConsumerRecord<byte[], byte[]> record) {
        long size = length(record.key()) + length(record.value());
        for (var header : record.headers()) {
            size += header.key().getBytes(UTF_8).length + 10 + length(header.value());
        }
        return size;
    }

    private static int length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    /** @param length −1 for null */
    private static byte[] bytes(int length) {
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 'k');
        return bytes;
    }
}
