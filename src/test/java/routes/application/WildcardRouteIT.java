package routes.application;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.OwnRoutes;
import routes.cli.Commands;

/** The route that {@code docs/routes.md} shows for all topics of a pattern, copied from the page and run. */
class WildcardRouteIT {
    private static final String GROUP = "rig-streams.gather-channels";

    @TempDir
    Path data;

    @TempDir
    Path routes;

    @Test
    void itReadsEveryTopicOfThePatternAlsoOneThatIsCreatedLaterFromItsFirstRecordOn() throws Exception {
        OwnRoutes.copyBuiltIn(routes);
        assertThat(OwnRoutes.copyExample("own", routes)).isEqualTo(2);
        Map<String, String> settings = Map.of(
                "rigs.count", "0",
                "routes.dir", routes.toString(),
                "kafka.topics", "my.channels",
                "my.look-for-topics", "500");

        try (TestApplication app = TestApplication.start(data, settings);
                Admin admin = Admin.create(Map.of("bootstrap.servers", app.bootstrapServers()))) {
            app.send("rig.channels.gas", 2, bytes("A"), bytes("first"));
            app.send("rig.telemetry", 0, null, bytes("of another topic"));
            app.await(1, "my.channels");
            create(admin, "rig.channels.later");
            app.send("rig.channels.later", 1, bytes("B"), bytes("before it is known"));

            List<ConsumerRecord<byte[], byte[]>> gathered = app.await(2, "my.channels");
            app.send("rig.channels.later", 0, bytes("B"), bytes("afterwards"));
            gathered = app.await(3, "my.channels");

            assertThat(gathered)
                    .extracting(record -> new String(record.value(), UTF_8))
                    .containsExactlyInAnyOrder("first", "before it is known", "afterwards");
            awaitCommitted(admin, new TopicPartition("rig.channels.later", 1));
            awaitCommitted(admin, new TopicPartition("rig.channels.later", 0));

            operate("stop");
            operate("rewind", "--to", "-1h");
            operate("start");
            assertThat(app.await(6, "my.channels")).hasSize(6);
        }
    }

    private void operate(String what, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("routes", what, "gather-channels", "--set", "data.dir=" + data));
        arguments.addAll(List.of(more));
        assertThat(Commands.execute(arguments.toArray(String[]::new))).as(what).isZero();
    }

    private static void create(Admin admin, String topic) throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, Optional.of(2), Optional.of((short) 1))))
                .all()
                .get();
        Awaitility.await().until(() -> admin.listTopics().names().get().contains(topic));
    }

    private static void awaitCommitted(Admin admin, TopicPartition partition) {
        Awaitility.await().untilAsserted(() -> {
            OffsetAndMetadata committed = admin.listConsumerGroupOffsets(GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(partition);
            assertThat(committed).isNotNull();
            assertThat(committed.offset()).isEqualTo(1);
        });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
