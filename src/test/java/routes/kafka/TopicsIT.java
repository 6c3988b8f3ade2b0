package routes.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import routes.broker.BrokerExtension;
import routes.broker.DiskBudget;
import routes.broker.TestBroker;
import routes.kafka.TopicReport.Difference;
import routes.kafka.TopicReport.State;
import routes.settings.ConfigurationException;

@ExtendWith(BrokerExtension.class)
class TopicsIT {
    private static final Topic FIRST =
            new Topic("topicsit.first", 2, Optional.of(Duration.ofHours(2)), "rigs", 1, "one");
    private static final Topic SECOND = new Topic("topicsit.second", 1, Optional.empty(), "rigs", 1, "two");
    private static final List<Topic> CATALOGUE = List.of(FIRST, SECOND);
    private static final TopicLayout LAYOUT = TopicLayout.replicated(1, 1);

    private final TestBroker broker;

    TopicsIT(TestBroker broker) {
        this.broker = broker;
    }

    @BeforeEach
    @AfterEach
    void clear() throws Exception {
        for (String name : broker.admin().listTopics().names().get()) {
            if (name.startsWith("topicsit.")) {
                broker.deleteTopic(name);
            }
        }
    }

    @Test
    void saysWhatIsMissing() {
        try (Topics topics = connect(LAYOUT)) {
            TopicReport report = topics.compare();

            assertThat(report.in(State.MISSING)).containsExactly(FIRST.name(), SECOND.name());
            assertThat(report.matches()).isFalse();
            assertThat(report.extra()).isEmpty();
        }
    }

    @Test
    void createsWhatIsMissing() {
        broker.createTopic(SECOND.name(), 1, LAYOUT.configOf(SECOND));
        try (Topics topics = connect(LAYOUT)) {
            TopicReport report = topics.createMissing();

            assertThat(report.in(State.CREATED)).containsExactly(FIRST.name());
            assertThat(report.in(State.OK)).containsExactly(SECOND.name());
            assertThat(report.matches()).isTrue();
            assertThat(topics.compare().in(State.OK)).containsExactly(FIRST.name(), SECOND.name());
        }
        assertThat(broker.partitions(FIRST.name())).isEqualTo(2);
        assertThat(broker.config(FIRST.name()))
                .containsEntry("retention.ms", "7200000")
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("message.timestamp.type", "LogAppendTime");
        assertThat(broker.config(SECOND.name())).containsEntry("cleanup.policy", "compact");
    }

    @Test
    void whatItCreatedCanBeWrittenAtOnce() throws Exception {
        List<Topic> many = IntStream.range(0, 30)
                .mapToObj(i -> new Topic("topicsit.many-" + i, 8, Optional.of(Duration.ofHours(1)), "rigs", 1, "many"))
                .toList();
        Map<String, Object> once =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "enable.idempotence", false, "retries", 0);
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (Topics topics = connect(many, LAYOUT);
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(once, new ByteArraySerializer(), new ByteArraySerializer())) {
            topics.createMissing();

            for (Topic topic : many) {
                for (int partition = 0; partition < topic.partitions(); partition++) {
                    sent.add(producer.send(new ProducerRecord<>(topic.name(), partition, null, new byte[1])));
                }
            }
        }
        assertThat(sent).hasSize(240).allSatisfy(record -> assertThat(record).succeedsWithin(Duration.ZERO));
    }

    @Test
    void reportsWhatDiffersAndChangesNothing() {
        broker.createTopic(FIRST.name(), 5, Map.of("retention.ms", "1000", "message.timestamp.type", "LogAppendTime"));
        broker.createTopic(SECOND.name(), 1, Map.of("cleanup.policy", "delete"));
        try (Topics topics = connect(LAYOUT)) {
            TopicReport report = topics.createMissing();

            assertThat(report.in(State.DIFFERS)).containsExactly(FIRST.name(), SECOND.name());
            assertThat(report.topics().get(0).differences())
                    .containsExactly(
                            new Difference("partitions", "2", "5"), new Difference("retention.ms", "7200000", "1000"));
            assertThat(report.topics().get(1).differences())
                    .containsExactly(new Difference("cleanup.policy", "compact", "delete"));
        }
        assertThat(broker.partitions(FIRST.name())).isEqualTo(5);
        assertThat(broker.config(FIRST.name())).containsEntry("retention.ms", "1000");
    }

    @Test
    void alignsConfigurationsWhenAskedTo() {
        broker.createTopic(FIRST.name(), 5, Map.of("retention.ms", "1000"));
        try (Topics topics = connect(LAYOUT)) {
            assertThat(topics.align()).containsExactly("topicsit.first: retention.ms set from 1000 to 7200000");
            assertThat(topics.align()).isEmpty();
        }
        assertThat(broker.config(FIRST.name())).containsEntry("retention.ms", "7200000");
        assertThat(broker.partitions(FIRST.name())).isEqualTo(5);
    }

    @Test
    void createsTopicsWithinTheDiskBudget() {
        DiskBudget budget = new DiskBudget(100_000_000, DiskBudget.DEFAULT_RETENTION_CAP, CATALOGUE);
        try (Topics topics = connect(budget)) {
            assertThat(topics.createMissing().matches()).isTrue();
        }
        assertThat(broker.config(FIRST.name()))
                .containsEntry("retention.ms", "3600000")
                .containsAllEntriesOf(budget.configOf(FIRST));
    }

    @Test
    void reportsTopicsNamedLikeOursAndNoOthers() {
        broker.createTopic("topicsit.stranger", 1, Map.of());
        String unrelated = broker.newTopic("unrelated", 1);
        try (Topics topics = connect(LAYOUT)) {
            assertThat(topics.compare().extra()).containsExactly("topicsit.stranger");
            assertThat(topics.compareNamed().extra()).isEmpty();
            assertThat(topics.createMissing().extra())
                    .containsExactly("topicsit.stranger")
                    .doesNotContain(unrelated);
        }
        assertThat(broker.partitions("topicsit.stranger")).isEqualTo(1);
    }

    @Test
    void printsATable() {
        broker.createTopic(SECOND.name(), 2, LAYOUT.configOf(SECOND));
        broker.createTopic("topicsit.stranger", 1, Map.of());
        try (Topics topics = connect(LAYOUT)) {
            assertThat(topics.compare().lines())
                    .containsExactly(
                            "TOPIC            PARTITIONS  RETENTION  STATE    PURPOSE",
                            "topicsit.first            2  2h         missing  one",
                            "topicsit.second           1  compacted  differs  two",
                            "  partitions is 2, expected 1",
                            "topicsit.stranger  not in the catalogue");
        }
    }

    @Test
    void isWrittenAsJson() {
        broker.createTopic(SECOND.name(), 2, LAYOUT.configOf(SECOND));
        try (Topics topics = connect(LAYOUT)) {
            JsonNode json = new ObjectMapper().valueToTree(topics.compare());

            assertThat(json.fieldNames()).toIterable().containsExactly("bootstrapServers", "topics", "extra");
            assertThat(json.at("/topics/1").toString())
                    .isEqualTo("{\"name\":\"topicsit.second\",\"partitions\":1,\"retention\":\"compacted\","
                            + "\"state\":\"differs\",\"differences\":[{\"setting\":\"partitions\","
                            + "\"expected\":\"1\",\"found\":\"2\"}],\"purpose\":\"two\"}");
        }
    }

    @Test
    void saysWhichClusterCannotBeReached() {
        Map<String, Object> nobody =
                Map.of("bootstrap.servers", "127.0.0.1:1", "default.api.timeout.ms", 1000, "request.timeout.ms", 1000);
        try (Topics topics = Topics.connect(nobody, CATALOGUE, LAYOUT)) {
            assertThatThrownBy(topics::compare)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageStartingWith("Kafka at 127.0.0.1:1 cannot be reached or does not answer; check the"
                            + " address and that it runs (");
        }
    }

    @Test
    void saysWhichAddressIsNone() {
        Map<String, Object> nowhere = Map.of("bootstrap.servers", "no-port");

        assertThatThrownBy(() -> Topics.connect(nowhere, CATALOGUE, LAYOUT))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("Kafka at no-port cannot be asked about its topics: ")
                .hasMessageContaining("no-port");
    }

    private Topics connect(TopicLayout layout) {
        return connect(CATALOGUE, layout);
    }

    private Topics connect(List<Topic> catalogue, TopicLayout layout) {
        return Topics.connect(Map.of("bootstrap.servers", broker.bootstrapServers()), catalogue, layout);
    }
}
