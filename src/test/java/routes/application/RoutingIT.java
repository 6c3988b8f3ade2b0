package routes.application;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static routes.application.TestApplication.header;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Valid messages on the built-in routes, on the real broker: where each arrives, unchanged and in order. */
class RoutingIT {
    private static final String[] ACTIVITY_TOPICS = {
        "rig.activity.drilling", "rig.activity.tripping", "rig.activity.connection",
        "rig.activity.circulating", "rig.activity.reaming", "rig.activity.other"
    };

    @TempDir
    static Path data;

    private static TestApplication app;

    @BeforeAll
    static void start() throws Exception {
        app = TestApplication.start(data, Map.of("rigs.count", "0"));
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @ParameterizedTest
    @CsvSource({
        "2,rig.activity.drilling",
        "5,rig.activity.drilling",
        "6,rig.activity.drilling",
        "8,rig.activity.tripping",
        "9,rig.activity.tripping",
        "33,rig.activity.tripping",
        "34,rig.activity.tripping",
        "3,rig.activity.connection",
        "7,rig.activity.circulating",
        "4,rig.activity.reaming",
        "0,rig.activity.other",
        "1,rig.activity.other",
        "28,rig.activity.other",
        "99,rig.activity.other"
    })
    void everyActivityHasItsTopic(int activity, String topic) throws Exception {
        String rig = "ACT-" + activity;
        byte[] value = message(rig, 0, activity, "\"DBTM\":1.5");

        RecordMetadata sent = app.send(
                "rig.telemetry", null, rig.getBytes(UTF_8), value, new RecordHeader("origin", new byte[] {0, -1}));

        List<ConsumerRecord<byte[], byte[]>> copies = of(rig, app.settled(ACTIVITY_TOPICS));
        assertThat(copies).singleElement().satisfies(copy -> {
            assertThat(copy.topic()).isEqualTo(topic);
            assertThat(copy.value()).isEqualTo(value);
            assertThat(copy.headers().lastHeader("origin").value()).containsExactly(0, -1);
            assertThat(header(copy, "source")).isEqualTo("rig.telemetry/" + sent.partition() + "/" + sent.offset());
            assertThat(copy.headers().toArray()).as("no other headers").hasSize(2);
        });
    }

    @Test
    void slicesGoToTheirSubsystems() throws Exception {
        String channels = "\"DBTM\":4291.7,\"HKLA\":74.70,\"GASA\":null,\"NOT_IN_CATALOGUE\":1";
        app.send("rig.telemetry", null, "SLICE-1".getBytes(UTF_8), message("SLICE-1", 7, 2, channels));

        List<ConsumerRecord<byte[], byte[]>> slices = of(
                "SLICE-1",
                app.settled("rig.channels.drilling", "rig.channels.hoisting", "rig.channels.gas", "rig.channels.mwd"));
        Map<String, String> byTopic = new HashMap<>();
        slices.forEach(slice -> byTopic.put(slice.topic(), new String(slice.value(), UTF_8)));
        assertThat(byTopic)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "rig.channels.drilling", new String(message("SLICE-1", 7, 2, "\"DBTM\":4291.7"), UTF_8),
                        "rig.channels.hoisting", new String(message("SLICE-1", 7, 2, "\"HKLA\":74.70"), UTF_8),
                        "rig.channels.gas", new String(message("SLICE-1", 7, 2, "\"GASA\":null"), UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({"2.0001,true", "2.7,true", "3,true", "2,false", "1.9999,false", "-7,false", "null,false", "1e2,true"})
    void aConditionOnAChannelComparesExactly(String gas, boolean flagged) throws Exception {
        String rig = "FLAG-" + gas.toUpperCase().replace('.', '-').replace("--", "-");
        app.send("rig.telemetry", null, rig.getBytes(UTF_8), message(rig, 0, 2, "\"GASA\":" + gas));

        assertThat(of(rig, app.settled("rig.flagged"))).hasSize(flagged ? 1 : 0);
    }

    @Test
    void messagesStayInOrderPerRigOnEveryTopic() throws Exception {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        int rigs = 20;
        int each = 150;
        for (int seq = 0; seq < each; seq++) {
            for (int rig = 0; rig < rigs; rig++) {
                String id = "ORDER-" + rig;
                sent.add(app.sendLater(
                        "rig.telemetry", null, id.getBytes(UTF_8), message(id, seq, 2, "\"GASA\":9,\"DBTM\":1")));
            }
        }
        sent.forEach(TestApplication::acknowledged);

        for (String topic :
                List.of("rig.activity.drilling", "rig.flagged", "rig.channels.gas", "rig.channels.drilling")) {
            Map<String, List<Long>> seqs = new LinkedHashMap<>();
            for (ConsumerRecord<byte[], byte[]> copy : app.settled(topic)) {
                String key = new String(copy.key(), UTF_8);
                if (key.startsWith("ORDER-")) {
                    seqs.computeIfAbsent(key, k -> new ArrayList<>()).add(seq(copy));
                }
            }
            assertThat(seqs).as(topic).hasSize(rigs);
            seqs.forEach((rig, found) ->
                    assertThat(found).as(topic + " " + rig).hasSize(each).isSorted());
        }
    }

    private static long seq(ConsumerRecord<byte[], byte[]> record) {
        String text = new String(record.value(), UTF_8);
        int at = text.indexOf("\"seq\":") + 6;
        return Long.parseLong(text.substring(at, text.indexOf(',', at)));
    }

    private static List<ConsumerRecord<byte[], byte[]>> of(String rig, List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .filter(record -> rig.equals(new String(record.key(), UTF_8)))
                .toList();
    }

    private static byte[] message(String rig, long seq, int activity, String channels) {
        return ("{\"rig\":\"" + rig + "\",\"well\":\"W1\",\"time\":\"2026-11-20T10:00:00.000Z\",\"seq\":" + seq
                        + ",\"activity\":" + activity + ",\"late\":false,\"channels\":{" + channels + "}}")
                .getBytes(UTF_8);
    }
}
