package routes.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import routes.rig.ChannelCatalogue;
import routes.rig.Rig;
import routes.rig.Rigs;
import routes.telemetry.Reason;
import routes.telemetry.TelemetryWriter;

/**
 * Makes records that are malformed in one of twelve ways, with keys and headers that no rig would send; and good ones of
 * rigs that are none of the fleet's.
 */
final class StormPoison {
    /** The header that names each record of the storm. */
    static final String NAME = "storm";

    static final String INPUT = "storm.input";
    static final int INPUT_PARTITIONS = 12;
    /** The kind of a record that is refused for one of two reasons. */
    static final String ANY = "any";

    private static final List<String> KEYS = List.of("own", "null", "other", "huge", "no-utf8");
    private static final List<String> HEADERS =
            List.of("plain", "doubled", "nulls", "camel", "kafka", "long-name", "large", "source");
    private static final int HUGE_KEY = 1_020_000;
    private static final int LARGE_HEADER = 900_000;
    /** More than any letter may have; for a topic that takes it. */
    private static final int LARGEST_HEADER = 1_100_000;

    private static final int LONG_NAME = 300;
    private static final int FIRST_RIG = 5_001;
    private static final int RIGS = 8;
    private static final long TIME = Instant.parse("2026-11-20T10:00:00Z").toEpochMilli();

    private final TelemetryWriter writer = new TelemetryWriter();
    private final List<Rig> rigs = new ArrayList<>();
    private final int[] next = new int[RIGS];
    private final String seed;
    private int made;

    StormPoison(long seed) {
        this.seed = Long.toString(seed);
        Rigs all =
                new Rigs(seed, Duration.ofSeconds(1), ChannelCatalogue.builtIn().landRig());
        for (int i = 0; i < RIGS; i++) {
            rigs.add(all.rig(FIRST_RIG + i));
        }
    }

    /** Each combination of a kind of keys and a kind of headers. */
    static String[] kinds() {
        return KEYS.stream()
                .flatMap(key -> HEADERS.stream().map(headers -> key + "/" + headers))
                .toArray(String[]::new);
    }

    /** Malformed ones for {@code rig.telemetry}, and for the user's topic some that cannot be sent on. */
    synchronized List<ProducerRecord<byte[], byte[]>> bad(String kinds, Random random) {
        String key = kinds.split("/")[0];
        String headers = kinds.split("/")[1];
        int count = key.equals("huge") || headers.equals("large") ? 1 : 3 + random.nextInt(6);
        return Stream.generate(() -> random.nextInt(3) == 0 ? badInput(headers, random) : bad(key, headers, random))
                .limit(count)
                .toList();
    }

    private ProducerRecord<byte[], byte[]> bad(String kind, String headers, Random random) {
        int number = random.nextInt(RIGS);
        byte[] own = rigs.get(number).rig().getBytes(UTF_8);
        Malformed malformed = Malformed.of(own, message(number), random);
        boolean large = kind.equals("huge") || headers.equals("large") || malformed.reason() == Reason.TOO_LARGE;
        byte[] value =
                large && malformed.reason() != Reason.TOO_LARGE ? "no message".getBytes(UTF_8) : malformed.value();
        String others = malformed.reason() == Reason.TOO_LARGE || kind.equals("huge") ? "plain" : headers;
        byte[] key =
                switch (kind) {
                    case "null" -> null;
                    case "other" -> (new String(own, UTF_8) + "X").getBytes(UTF_8);
                    case "huge" -> malformed.reason() == Reason.TOO_LARGE ? own : new byte[HUGE_KEY];
                    case "no-utf8" -> new byte[] {(byte) 0xff, (byte) 0xfe, 0, 7};
                    default -> malformed.key();
                };
        boolean sure = kind.equals("own") && !large;
        String reason = sure ? malformed.reason().code() : ANY;
        return record(Evidence.TELEMETRY, random.nextInt(8), key, value, headers(reason, others, LARGE_HEADER));
    }

    /** Without a key, which its target does not take; or too large for any copy. */
    private ProducerRecord<byte[], byte[]> badInput(String headers, Random random) {
        boolean large = headers.equals("large");
        byte[] key = large ? "U-00".getBytes(UTF_8) : null;
        int partition = random.nextInt(INPUT_PARTITIONS);
        return record(INPUT, partition, key, text(), headers(ANY, headers, LARGEST_HEADER));
    }

    /** One that goes the user's own way. */
    synchronized ProducerRecord<byte[], byte[]> goodInput(Random random) {
        int user = random.nextInt(30);
        byte[] key = String.format("U-%02d", user).getBytes(UTF_8);
        return record(INPUT, user % INPUT_PARTITIONS, key, text(), headers(Source.GOOD, "plain", 0));
    }

    /** One of a rig that is none of the fleet's, in order, with headers as they come. */
    synchronized ProducerRecord<byte[], byte[]> goodTelemetry(Random random) {
        int number = random.nextInt(RIGS);
        byte[] value = message(number);
        next[number]++;
        String kind = HEADERS.get(random.nextInt(HEADERS.size() - 2));
        byte[] key = rigs.get(number).rig().getBytes(UTF_8);
        return record(Evidence.TELEMETRY, number, key, value, headers(Source.GOOD, kind, 0));
    }

    private byte[] message(int number) {
        int seq = next[number];
        return writer.write(rigs.get(number).at(seq).orElseThrow(), TIME + seq * 1_000L, false);
    }

    private byte[] text() {
        return ("user's record " + made).getBytes(UTF_8);
    }

    private ProducerRecord<byte[], byte[]> record(
            String topic, int partition, byte[] key, byte[] value, List<Header> headers) {
        return new ProducerRecord<>(topic, partition, key, value, headers);
    }

    private List<Header> headers(String reason, String kind, int large) {
        List<Header> headers = new ArrayList<>();
        headers.add(header(NAME, seed + "-" + ++made));
        headers.add(header(Source.KIND, reason));
        switch (kind) {
            case "doubled" -> headers.addAll(List.of(header("a", "1"), header("a", "2"), header("a", "1")));
            case "nulls" -> headers.addAll(List.of(new RecordHeader("nul", (byte[]) null), header("", "no name")));
            case "camel" ->
                headers.addAll(List.of(
                        header("CamelX", "1"), header("CamelToEndpoint", "log:x"), header("CamelKafkaTopic", "x")));
            case "kafka" ->
                headers.addAll(List.of(
                        header("kafka.OVERRIDE_TOPIC", "rig.fleet"),
                        header("kafka.KEY", "k"),
                        header("kafka.PARTITION_KEY", "7")));
            case "long-name" -> headers.add(header("n".repeat(LONG_NAME), "1"));
            case "large" -> headers.add(new RecordHeader("/".repeat(LONG_NAME), new byte[large]));
            case "source" -> headers.add(header("source", "foreign/1/2"));
            default -> headers.add(header("trace", "abc"));
        }
        return headers;
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(UTF_8));
    }
}
