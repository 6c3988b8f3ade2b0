package routes.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Utils;
import routes.FreePort;
import routes.JarProcess;

/**
 * A broker in a process of its own, instances of the application beside it, and, if asked for, a network between them
 * that can be broken. All of them end with this object, whatever has become of them, and at the latest with this JVM.
 */
final class FaultCluster implements AutoCloseable {
    private static final Path LOGS = Path.of("target", "faults", "logs");
    /** More than any test writes: what retention deletes could not be compared. */
    private static final String DISK_CAP = "20GB";

    private final Form form;
    private final Path logs;
    private final Path data;
    private final int port;
    private final Optional<TcpProxy> network;
    private final String bootstrap;
    private final List<AppProcess> applications = new ArrayList<>();
    private final Thread atExit = new Thread(this::end, "end-of-faults");
    private JarProcess broker;
    private int started;

    private FaultCluster(String name, Form form, Path data, int port, Optional<TcpProxy> network, int known) {
        this.form = form;
        this.logs = emptied(LOGS.resolve(name));
        this.data = data;
        this.port = port;
        this.network = network;
        this.bootstrap = "127.0.0.1:" + known;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Returns when clients can connect.
     *
     * @param name of the folder with what the processes print, in {@code target/faults/logs}
     * @param data what the processes keep
     */
    static FaultCluster start(String name, Form form, Path data) {
        int port = FreePort.next();
        FaultCluster cluster = new FaultCluster(name, form, data, port, Optional.empty(), port);
        cluster.startBroker();
        return cluster;
    }

    /** As above; every client, those of the tests too, reaches the broker through {@link #network()} alone. */
    static FaultCluster behindNetwork(String name, Form form, Path data) {
        int port = FreePort.next();
        int known = FreePort.next();
        FaultCluster cluster = new FaultCluster(name, form, data, port, Optional.of(new TcpProxy(known, port)), known);
        cluster.startBroker();
        return cluster;
    }

    /** Without what the last run printed. */
    private static Path emptied(Path folder) {
        try {
            Utils.delete(folder.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }

    String bootstrap() {
        return bootstrap;
    }

    TcpProxy network() {
        return network.orElseThrow();
    }

    /** Starts the broker, again after its end on what it left behind; returns when clients can connect. */
    synchronized void startBroker() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("broker.port", Integer.toString(port));
        settings.put("data.dir", data.resolve("broker").toString());
        settings.put("broker.disk-cap", DISK_CAP);
        network.ifPresent(proxy -> settings.put("broker.advertised", bootstrap));
        List<String> arguments = new ArrayList<>(List.of("broker"));
        arguments.addAll(Form.arguments(settings));
        try {
            Path folder = Files.createDirectories(folder("broker"));
            broker = JarProcess.start(JarProcess.jar(), folder, form.environment(), arguments.toArray(String[]::new));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        broker.address("Kafka");
    }

    /** SIGKILL; returns when it is gone. */
    void killBroker() {
        broker.kill();
    }

    /** SIGTERM; returns when it is gone. */
    void stopBroker(Duration within) throws InterruptedException {
        broker.terminate();
        broker.exitCode(within);
    }

    /** Where the broker keeps its partitions. */
    Path brokerFolder() {
        return data.resolve("broker").resolve("kafka");
    }

    /** SIGSTOP. */
    void freezeBroker() {
        Signal.STOP.to(broker.pid());
    }

    /** SIGCONT. */
    void thawBroker() {
        Signal.CONT.to(broker.pid());
    }

    /** The exit code of a broker that ends by itself. */
    int brokerExitCode(Duration within) throws InterruptedException {
        return broker.exitCode(within);
    }

    /** What the broker has printed on the standard error. */
    String brokerErrors() {
        return broker.err();
    }

    /** Starts an instance of the application; returns at once. */
    AppProcess run(Map<String, String> settings) {
        return run(settings, Map.of());
    }

    /** As above, with more environment than the form has; settings may name a data folder of their own. */
    synchronized AppProcess run(Map<String, String> settings, Map<String, String> environment) {
        String name = "application-" + ++started;
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.putIfAbsent("data.dir", data.resolve(name).toString());
        Map<String, String> whole = new LinkedHashMap<>(form.environment());
        whole.putAll(environment);
        AppProcess application = AppProcess.start(folder(name), bootstrap, whole, all);
        applications.add(application);
        return application;
    }

    /** A new folder per process: what is printed goes to files beside it. */
    Path folder(String name) {
        return logs.resolve(name).resolve("run");
    }

    /** Ends all instances of the application. */
    synchronized void endApplications() {
        applications.forEach(AppProcess::close);
        applications.clear();
    }

    private synchronized void end() {
        endApplications();
        if (broker != null) {
            broker.close();
        }
        network.ifPresent(TcpProxy::close);
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        end();
    }

    @Override
    public String toString() {
        return "what the processes printed stands in " + logs.toAbsolutePath() + "; the end of it:\n"
                + applications.stream().map(AppProcess::lastErrors).collect(Collectors.joining("\n"))
                + "\nbroker: " + AppProcess.end(broker.err());
    }
}
