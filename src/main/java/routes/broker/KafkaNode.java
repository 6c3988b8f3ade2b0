package routes.broker;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.FaultHandlerFactory;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.settings.Ports;
import scala.Tuple2;

/**
 * Kafka's own broker and controller, put together as {@link KafkaRaftServer} does it, but with a controller on any free
 * port and with our own handling of faults instead of one that ends the JVM.
 */
final class KafkaNode {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaNode.class);

    private final CompletableFuture<Map<Integer, InetSocketAddress>> voters = new CompletableFuture<>();
    private final ControllerServer controller;
    private final BrokerServer broker;

    KafkaNode(KafkaConfig config, FaultHandlerFactory faults) {
        Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> stored = KafkaRaftServer.initializeLogDirs(config, LOG, "");
        MetaPropertiesEnsemble properties = stored._1();
        String clusterId = properties.clusterId().orElseThrow();
        SharedServer shared = new SharedServer(
                config,
                properties,
                Time.SYSTEM,
                Server.initializeMetrics(config, Time.SYSTEM, clusterId),
                voters,
                List.of(),
                faults);
        broker = new BrokerServer(shared);
        controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), stored._2());
    }

    /** Returns when clients can connect. */
    void start() {
        controller
                .socketServerFirstBoundPortFuture()
                .thenAccept(port ->
                        voters.complete(Map.of(BrokerConfig.NODE_ID, new InetSocketAddress(Ports.LOOPBACK, port))));
        controller.startup();
        broker.startup();
    }

    int port() {
        return broker.boundPort(new ListenerName(BrokerConfig.CLIENT_LISTENER));
    }

    /** Where the controller listens, which picks a free port at each start. */
    InetSocketAddress controller() {
        return voters.join().get(BrokerConfig.NODE_ID);
    }

    String clusterId() {
        return broker.clusterId();
    }

    /** Stops both, the broker first, because it takes its leave from the controller. */
    void stop(Duration leave) {
        broker.shutdown(leave);
        controller.shutdown();
    }
}
