package routes.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import kafka.server.KafkaConfig;
import routes.settings.Ports;

/**
 * The settings of the embedded broker: broker and controller in one, for a laptop with two cores, sharing one JVM of 1
 * GiB with the application.
 */
final class BrokerConfig {
    static final int NODE_ID = 1;
    static final String CLIENT_LISTENER = "PLAINTEXT";
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    /** All come from this machine. The routes take some dozens, with 64 consumers each some hundreds. */
    static final int MOST_CONNECTIONS = 1_000;

    private static final int IDLE_MILLIS = 180_000;
    private static final int MIB = 1 << 20;

    private BrokerConfig() {}

    /** @param advertised the address that clients are told to come back to, if not the broker's own */
    static KafkaConfig of(Path folder, int port, Optional<String> advertised) {
        Map<String, Object> config = new HashMap<>();
        node(config, folder, port);
        advertised.ifPresent(address -> config.put("advertised.listeners", CLIENT_LISTENER + "://" + address));
        topics(config);
        internalTopics(config);
        disk(config);
        memory(config);
        // As text, which every one of Kafka's types is parsed from.
        config.replaceAll((key, value) -> value.toString());
        return new KafkaConfig(config, false);
    }

    private static void node(Map<String, Object> config, Path folder, int port) {
        config.put("process.roles", "broker,controller");
        config.put("node.id", NODE_ID);
        config.put("log.dirs", folder.toString());
        config.put(
                "listeners",
                CLIENT_LISTENER + "://" + Ports.LOOPBACK + ":" + port + "," + CONTROLLER_LISTENER + "://"
                        + Ports.LOOPBACK + ":0");
        config.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        config.put("inter.broker.listener.name", CLIENT_LISTENER);
        config.put("controller.listener.names", CONTROLLER_LISTENER);
        // The controller's port is known only once it is bound; KafkaNode hands it over then.
        config.put("controller.quorum.voters", NODE_ID + "@0.0.0.0:0");
        // After a kill the broker is let in again only once its former session has expired.
        config.put("broker.session.timeout.ms", 5000);
        config.put("broker.heartbeat.interval.ms", 1000);
    }

    private static void topics(Map<String, Object> config) {
        config.put("auto.create.topics.enable", false);
        config.put("default.replication.factor", 1);
        config.put("min.insync.replicas", 1);
        config.put("log.message.timestamp.type", "LogAppendTime");
        config.put("group.initial.rebalance.delay.ms", 0);
    }

    private static void internalTopics(Map<String, Object> config) {
        config.put("offsets.topic.num.partitions", 8);
        config.put("offsets.topic.replication.factor", 1);
        config.put("offsets.topic.segment.bytes", DiskBudget.INTERNAL_SEGMENT_BYTES);
        config.put("transaction.state.log.num.partitions", 1);
        config.put("transaction.state.log.replication.factor", 1);
        config.put("transaction.state.log.min.isr", 1);
        config.put("transaction.state.log.segment.bytes", DiskBudget.INTERNAL_SEGMENT_BYTES);
    }

    /** Deletes soon what has expired, so that little of it stands beside what is kept; see {@link DiskBudget}. */
    private static void disk(Map<String, Object> config) {
        config.put("log.retention.check.interval.ms", DiskBudget.CHECK_INTERVAL_MILLIS);
        config.put("log.initial.task.delay.ms", DiskBudget.CHECK_INTERVAL_MILLIS);
        config.put("log.segment.delete.delay.ms", DiskBudget.DELETE_DELAY_MILLIS);
        config.put("log.segment.bytes", 16 * MIB);
        config.put("log.index.size.max.bytes", MIB / 16);
        config.put("metadata.log.segment.bytes", 8 * MIB);
        config.put("metadata.max.retention.bytes", 8 * MIB);
        config.put("metadata.log.max.record.bytes.between.snapshots", 4 * MIB);
        config.put("metadata.max.idle.interval.ms", 5000);
    }

    private static void memory(Map<String, Object> config) {
        config.put("num.network.threads", 2);
        config.put("num.io.threads", 4);
        config.put("background.threads", 2);
        config.put("num.recovery.threads.per.data.dir", 2);
        config.put("queued.max.requests", 100);
        // Files of this process are used up by connections that nobody uses, too.
        config.put("max.connections.per.ip", MOST_CONNECTIONS);
        config.put("connections.max.idle.ms", IDLE_MILLIS);
        config.put("log.cleaner.dedupe.buffer.size", 4L * MIB);
        config.put("log.cleaner.io.buffer.size", MIB / 4);
    }
}
