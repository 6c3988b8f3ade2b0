package routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What version 0.1 left in its topics and groups: two rigs (seed 1) that sent five messages each, all routed, a checkpoint
 * of each rig behind its last message, and a replay of {@code rig.telemetry} that was ended after six of the ten, without
 * the values of its copies. Put into an empty cluster it stands at the same offsets.
 */
public final class TopicsOfVersion01 {
    private static final String FILE = "/written-by-0.1/topics.jsonl.gz";
    private static final ObjectMapper JSON = new ObjectMapper();

    private TopicsOfVersion01() {}

    /** @param bootstrapServers of a cluster without these topics, or with empty ones */
    public static void putInto(String bootstrapServers) {
        Map<String, Object> client = Map.of("bootstrap.servers", bootstrapServers);
        try (Admin admin = Admin.create(client);
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            Set<String> there = new HashSet<>(admin.listTopics().names().get(30, TimeUnit.SECONDS));
            for (JsonNode line : lines()) {
                if (line.has("group")) {
                    commit(admin, line);
                } else if (line.has("offset")) {
                    send(producer, line);
                } else if (there.add(line.get("topic").asText())) {
                    create(
                            admin,
                            line.get("topic").asText(),
                            line.get("partitions").asInt());
                }
            }
        } catch (IOException | ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<JsonNode> lines() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(TopicsOfVersion01.class.getResourceAsStream(FILE)), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(JSON.readTree(line));
            }
        }
        return lines;
    }

    private static void create(Admin admin, String topic, int partitions)
            throws InterruptedException, ExecutionException {
        admin.createTopics(List.of(new NewTopic(topic, Optional.of(partitions), Optional.empty())))
                .all()
                .get();
        admin.listOffsets(Map.of(new TopicPartition(topic, 0), OffsetSpec.latest()))
                .all()
                .get(); // which only the leader can tell
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, JsonNode line)
            throws IOException, InterruptedException, ExecutionException {
        List<Header> headers = new ArrayList<>();
        for (JsonNode header : line.get("headers")) {
            headers.add(new RecordHeader(header.get(0).asText(), header.get(1).binaryValue()));
        }
        String topic = line.get("topic").asText();
        int partition = line.get("partition").asInt();
        long offset = producer.send(new ProducerRecord<>(
                        topic,
                        partition,
                        line.get("key").binaryValue(),
                        line.get("value").binaryValue(),
                        headers))
                .get()
                .offset();
        if (offset != line.get("offset").asLong()) {
            throw new IllegalStateException(
                    topic + "/" + partition + " was not empty: " + line.get("offset") + " stands at " + offset);
        }
    }

    private static void commit(Admin admin, JsonNode line) throws InterruptedException, ExecutionException {
        TopicPartition partition = new TopicPartition(
                line.get("topic").asText(), line.get("partition").asInt());
        admin.alterConsumerGroupOffsets(
                        line.get("group").asText(),
                        Map.of(
                                partition,
                                new OffsetAndMetadata(line.get("committed").asLong())))
                .all()
                .get();
    }
}
