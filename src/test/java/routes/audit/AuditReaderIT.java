package routes.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.audit.Audit.Limits;
import routes.kafka.KafkaCluster;
import routes.rig.ChannelCatalogue;

class AuditReaderIT {
    private static final int MESSAGES = 3_000;
    private static final String DRILLING = "rig.activity.drilling";

    @Test
    void whatExpiresWhileItReadsIsNotCalledLost(@TempDir Path folder) throws Exception {
        try (AuditFeed feed = AuditFeed.start(folder)) {
            List<RecordMetadata> sources = sent(feed, "rig.telemetry", List.of());
            List<RecordMetadata> drilled = sent(feed, DRILLING, sources);
            feed.commit();
            AuditFlow flow = AuditFlow.of(ChannelCatalogue.builtIn(), "rig.channels.");
            KafkaCluster cluster = new KafkaCluster(Map.of("bootstrap.servers", feed.bootstrapServers()));
            RangeFinder.Ranges found = new RangeFinder(cluster, flow.outputs()).find(null);
            List<StageCount> counts = flow.outputs().stream()
                    .map(output -> new StageCount(AuditFlow.SOURCE, output.topic()))
                    .toList();
            Limits limits = Limits.of(1L << 30);
            Sources intake = new Sources(flow, found.range(), found.progress(), limits);
            Matching matching = new Matching(flow.outputs(), counts, found.logs(), limits);
            boolean[] deleted = {false};

            Copies copies = new Copies(flow, found.range(), counts);
            try (cluster;
                    AuditReader reader =
                            new AuditReader(cluster, found.range(), found.logs(), intake, copies, matching)) {
                reader.read((records, read) -> {
                    if (records > 0 && !deleted[0]) {
                        deleted[0] = true;
                        delete(feed, sources.get(MESSAGES - 100));
                        delete(feed, drilled.get(MESSAGES - 50));
                    }
                });
            }
            matching.finish();

            AuditReport.Stage rigs = intake.finish().stage();
            assertThat(rigs.records()).isBetween(100L, MESSAGES - 1L);
            assertThat(rigs.lost()).isZero();
            AuditReport.Stage drilling = counts.get(0).stage();
            assertThat(drilling.to()).isEqualTo(DRILLING);
            assertThat(drilling.records()).isEqualTo(rigs.records());
            assertThat(drilling.lost()).isZero();
            assertThat(drilling.unverifiable()).isPositive();
        }
    }

    /** Messages of 4 kB, so that not all of them are fetched at once. */
    private static List<RecordMetadata> sent(AuditFeed feed, String topic, List<RecordMetadata> sources)
            throws ExecutionException, InterruptedException {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (int seq = 0; seq < MESSAGES; seq++) {
            String value = AuditFeed.Message.value("RIG-1", seq, 2, Map.of())
                    .replace("\"late\"", "\"pad\":\"" + "p".repeat(4_000) + "\",\"late\"");
            sent.add(feed.send(
                    topic,
                    null,
                    "RIG-1",
                    value,
                    sources.isEmpty()
                            ? List.of()
                            : List.of(AuditFeed.header("source", AuditFeed.position(sources.get(seq))))));
        }
        List<RecordMetadata> acknowledged = new ArrayList<>();
        for (Future<RecordMetadata> future : sent) {
            acknowledged.add(future.get());
        }
        return acknowledged;
    }

    private static void delete(AuditFeed feed, RecordMetadata before) {
        TopicPartition partition = new TopicPartition(before.topic(), before.partition());
        try {
            feed.admin()
                    .deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(before.offset())))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
