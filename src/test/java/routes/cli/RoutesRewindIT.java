package routes.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.application.TestApplication;

/** {@code routes rewind} on the real broker: a route reads again, or never, what it is told to. */
class RoutesRewindIT {
    private static final String ROUTE = "big-orders";
    private static final String GROUP = "rig-streams.big-orders";

    @TempDir
    private Path data;

    @TempDir
    private Path folder;

    private TestApplication app;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void routeTenOrders() throws Exception {
        assertThat(Commands.execute(
                        "routes", "new", ROUTE, folder.toString(), "--from", "shop.orders", "--to", "shop.big"))
                .isZero();
        app = TestApplication.start(
                data,
                Map.of(
                        "rigs.count", "0",
                        "routes.dir", folder.toString(),
                        "kafka.topics", "shop.orders:2,shop.big:1",
                        "archive.enabled", "false"));
        for (int i = 0; i < 10; i++) {
            send(i);
        }
        assertThat(app.settled("shop.big")).hasSize(10);
    }

    private void send(int id) {
        app.send("shop.orders", id % 2, null, ("{\"id\":" + id + ",\"amount\":101}").getBytes(UTF_8));
    }

    @AfterEach
    void stop() {
        app.close();
    }

    private int routes(String... arguments) {
        List<String> all = new ArrayList<>(List.of("routes"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--set", "data.dir=" + data));
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Commands.execute(new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
    }

    /** The sources of what was sent, in its order. */
    private List<String> sources() throws Exception {
        return app.settled("shop.big").stream()
                .map(record -> TestApplication.header(record, "source"))
                .toList();
    }

    @Test
    void anHourIsRoutedAgainInItsOrder() throws Exception {
        assertThat(routes("stop", ROUTE)).isZero();
        assertThat(routes("rewind", ROUTE, "--to", "-1h")).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("shop.orders/0: 5 -> 0", "shop.orders/1: 5 -> 0", "route big-orders reads 10 records again");

        assertThat(routes("start", ROUTE)).isZero();

        app.await(20, "shop.big");
        List<String> sources = sources();
        assertThat(sources).hasSize(20);
        for (int partition = 0; partition < 2; partition++) {
            String of = "shop.orders/" + partition + "/";
            assertThat(sources.subList(10, 20).stream().filter(source -> source.startsWith(of)))
                    .containsExactly(of + "0", of + "1", of + "2", of + "3", of + "4");
        }
    }

    @Test
    void onePartitionGoesOnFromAnOffsetAndTheOthersStay() throws Exception {
        assertThat(routes("stop", ROUTE)).isZero();
        assertThat(routes("rewind", ROUTE, "--to", "shop.orders/1/3", "--json"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("\"partition\" : 1", "\"was\" : 5", "\"next\" : 3", "\"again\" : 2");
        assertThat(routes("start", ROUTE)).isZero();

        app.await(12, "shop.big");
        assertThat(sources().subList(10, 12)).containsExactly("shop.orders/1/3", "shop.orders/1/4");
        assertThat(sources()).hasSize(12);
    }

    @Test
    void whatCameMeanwhileIsLeftOutFromTheLatestOn() throws Exception {
        assertThat(routes("stop", ROUTE)).isZero();
        send(10);
        assertThat(routes("rewind", ROUTE, "--to", "latest")).as(err.toString()).isZero();
        assertThat(out.toString()).contains("shop.orders/0: 5 -> 6", "reads 0 records again and leaves 1 out");
        assertThat(routes("start", ROUTE)).isZero();
        send(12);

        app.await(11, "shop.big");
        assertThat(sources()).hasSize(11).endsWith("shop.orders/0/6");
    }

    /** As every commit of a route: what is lost of the log, or is another topic's, is noticed. */
    @Test
    void theCommitNamesTheEpochAndTheTopic() throws Exception {
        assertThat(routes("stop", ROUTE)).isZero();
        assertThat(routes("rewind", ROUTE, "--to", "2")).as(err.toString()).isZero();

        try (Admin admin = Admin.create(Map.of("bootstrap.servers", app.bootstrapServers()))) {
            String id = admin.describeTopics(List.of("shop.orders"))
                    .allTopicNames()
                    .get()
                    .get("shop.orders")
                    .topicId()
                    .toString();
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get();
            assertThat(committed).hasSize(2).allSatisfy((partition, commit) -> {
                assertThat(commit.offset()).isEqualTo(2);
                assertThat(commit.leaderEpoch()).isPresent();
                assertThat(commit.metadata()).isEqualTo("topic-id=" + id);
            });
        }
        assertThat(routes("start", ROUTE)).isZero();
        app.await(16, "shop.big");
        assertThat(app.readiness().statusCode()).isEqualTo(200);
    }

    @Test
    void whatCannotBeIsSaidAndNothingIsMoved() throws Exception {
        assertThat(routes("stop", ROUTE)).isZero();

        refused(ROUTE, "6", "offset 6 is outside of partition", "of shop.orders; expected 0 to 5");
        refused(
                ROUTE,
                "shop.orders/0/99",
                "offset 99 is outside of partition 0 of shop.orders",
                "as in shop.orders/0/0");
        refused(
                ROUTE,
                "shop.orders/7/1",
                "shop.orders/7/1 is in none of the topics shop.orders",
                "expected a partition");
        refused(ROUTE, "yesterday", "'yesterday' is no place in a topic", "expected a time ago as in -1h");
        refused(ROUTE, "2999-01-01T00:00:00Z", "'2999-01-01T00:00:00Z' has not come yet", "expected");
        refused(ROUTE, "-99999999999999999999d", "is no place in a topic", "expected");
        refused(ROUTE, "../../start", "'../../start' is no place in a topic", "expected");
        refused("big-order", "-1h", "there is no route 'big-order'", "the nearest is big-orders");
        refused("big-orders-record", "-1h", "route big-orders-record reads no topic", "expected one that does");

        assertThat(routes("start", ROUTE)).isZero();
        assertThat(sources()).hasSize(10);
    }

    private void refused(String route, String to, String said, String more) {
        assertThat(routes("rewind", route, "--to", to)).as(to).isEqualTo(1);
        assertThat(err.toString()).contains(said).contains(more);
    }

    @Test
    void aRouteThatRunsAndAGroupThatSomebodyReadsWithAreLeftAlone() throws Exception {
        assertThat(routes("rewind", ROUTE, "--to", "-1h")).isEqualTo(1);
        assertThat(err.toString())
                .contains("route big-orders is Started; expected it to be stopped first: routes stop big-orders");

        assertThat(routes("stop", ROUTE)).isZero();
        try (KafkaConsumer<byte[], byte[]> other = new KafkaConsumer<>(
                Map.of("bootstrap.servers", app.bootstrapServers(), "group.id", GROUP),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            other.subscribe(List.of("shop.orders"));
            while (other.assignment().isEmpty()) {
                other.poll(Duration.ofMillis(100));
            }
            assertThat(routes("rewind", ROUTE, "--to", "-1h")).isEqualTo(1);
            assertThat(err.toString()).contains("somebody still reads with the group " + GROUP);
        }
        assertThat(routes("rewind", ROUTE, "--to", "1h")).as(err.toString()).isZero();
    }

    @Test
    void ofSeveralTheLastCounts() throws Exception {
        assertThat(routes("stop", ROUTE)).isZero();
        assertThat(routes("rewind", ROUTE, "--to", "latest")).isZero();
        assertThat(routes("rewind", ROUTE, "--to", "earliest")).isZero();
        assertThat(routes("rewind", ROUTE, "--to", "earliest")).isZero();
        assertThat(out.toString()).contains("shop.orders/0: 0 -> 0", "reads 0 records again");
        assertThat(routes("start", ROUTE)).isZero();

        List<ConsumerRecord<byte[], byte[]>> routed = app.await(20, "shop.big");
        assertThat(routed).hasSize(20);
    }
}
