package routes.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.settings.ConfigurationException;
import routes.settings.Ports;

/**
 * A Kafka broker inside this JVM: KRaft, broker and controller in one, on the loopback address. What it keeps survives
 * a restart on the same folder: cluster id, topics, records and the offsets of consumer groups.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration LEAVE = Duration.ofSeconds(3);
    private static final Duration STOP = Duration.ofSeconds(8);

    private final DataFolder folder;
    private final Faults faults;
    private final KafkaNode node;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    private EmbeddedBroker(DataFolder folder, Faults faults, KafkaNode node) {
        this.folder = folder;
        this.faults = faults;
        this.node = node;
    }

    /**
     * Starts a broker; returns when clients can connect.
     *
     * @throws ConfigurationException if the port or the folder cannot be used, in one sentence; the folder is left as
     *     it was
     */
    public static EmbeddedBroker start(BrokerSettings settings) {
        int port = Ports.choose("the embedded Kafka", Ports.LOOPBACK, settings.port(), settings.portMayGiveWay());
        DataFolder folder = DataFolder.open(settings.folder());
        try {
            if (folder.endedUncleanly()) {
                raiseLeaderEpochs(folder, settings.folder());
            }
            return start(folder, settings.folder(), port, settings.advertised());
        } catch (KafkaException e) {
            folder.close();
            throw cannotStart(settings.folder(), e);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private static EmbeddedBroker start(DataFolder folder, Path path, int port, Optional<String> advertised) {
        Faults faults = new Faults();
        KafkaNode node = new KafkaNode(BrokerConfig.of(path, port, advertised), faults.handlers());
        EmbeddedBroker broker = new EmbeddedBroker(folder, faults, node);
        broker.start(path);
        return broker;
    }

    /**
     * Starts and cleanly stops it where no client finds it. A broker that was killed may have lost the end of a log, and
     * the offsets there are given again: clients tell old from new by the leader epoch, which only a clean stop raises on a
     * single node.
     */
    private static void raiseLeaderEpochs(DataFolder folder, Path path) {
        LOG.info("the embedded Kafka in {} was not stopped cleanly; it checks its files first", path);
        int anyPort = Ports.choose("the embedded Kafka", Ports.LOOPBACK, 0, true);
        start(folder, path, anyPort, Optional.empty()).stop();
    }

    private void start(Path path) {
        CompletableFuture<Object> outcome = new CompletableFuture<>();
        faults.first().thenAccept(outcome::completeExceptionally);
        run("start", () -> {
            try {
                node.start();
                outcome.complete(node);
            } catch (RuntimeException | Error e) {
                outcome.completeExceptionally(e);
            }
        });
        try {
            outcome.get(START.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            close();
            throw cannotStart(path, e.getCause());
        } catch (TimeoutException e) {
            close();
            throw cannotStart(path, e);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the embedded Kafka started", e);
        }
    }

    private static ConfigurationException cannotStart(Path path, Throwable cause) {
        LOG.debug("The embedded Kafka cannot start", cause);
        List<String> reasons = Stream.iterate(cause, Objects::nonNull, Throwable::getCause)
                .map(Throwable::toString)
                .toList();
        return new ConfigurationException(
                "The embedded Kafka in " + path + " cannot start: " + String.join(", because ", reasons) + ".");
    }

    private Thread run(String what, Runnable task) {
        Thread thread = new Thread(faults, task, "embedded-kafka-" + what);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** What clients connect to, as in {@code 127.0.0.1:9092}. */
    public String bootstrapServers() {
        return Ports.LOOPBACK + ":" + port();
    }

    /** The port that clients connect to. */
    public int port() {
        return node.port();
    }

    /** Where its controller listens, to which nothing but the broker itself connects. */
    public String controller() {
        return Ports.LOOPBACK + ":" + node.controller().getPort();
    }

    /** The cluster's id, the same after every restart on the same folder. */
    public String clusterId() {
        return node.clusterId();
    }

    /**
     * Has {@code owner} told, once and on a thread of the broker, of a fault after which the broker no longer serves,
     * such as a full disk. The owner closes the broker and, as a rule, ends the process.
     */
    public void onFatal(Consumer<Throwable> owner) {
        faults.first().thenAccept(owner);
    }

    /** Waits until the broker has been closed. */
    public void awaitShutdown() throws InterruptedException {
        closed.await();
    }

    /** Stops cleanly, so that the next start need not recover; gives up waiting after some seconds. */
    @Override
    public void close() {
        if (closing.compareAndSet(false, true)) {
            stop();
            folder.close();
            closed.countDown();
        }
    }

    private void stop() {
        Thread stop = run("stop", () -> node.stop(LEAVE));
        try {
            stop.join(STOP.toMillis());
            if (stop.isAlive()) {
                LOG.warn(
                        "the embedded Kafka has not ended within {} s; its next start will check its files",
                        STOP.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
