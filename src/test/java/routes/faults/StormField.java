package routes.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import routes.JarProcess;
import routes.application.EditedRoutes;

/**
 * What a storm rages over: a broker, the application on a folder of routes with one of the user's own, and whatever
 * further instances there are. An application that ends although nobody ended it is started again, and that is wrong.
 */
final class StormField implements AutoCloseable {
    static final String OUTPUT = "storm.output";
    static final String USERS_GROUP = "storm.watch-input";

    private static final Duration KAFKA = Duration.ofSeconds(90);
    /** What a start says that waited for Kafka in vain, or while a topic was being made again. */
    private static final Pattern NOT_NOW = Pattern.compile("cannot be reached|does not answer|lacks \\d+ topic");

    /** Processes that live for a minute need no more of the compiler than starts them soonest. */
    private static final Map<String, String> SOON = Map.of("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");

    private static final String READS =
            """
            - route:
                id: watch-input
                description: Reads storm.input in batches for pass-input, and commits what is acknowledged
                routeConfigurationId: batch
                from:
                  uri: kafka:storm.input
                  parameters:
                    groupId: storm.watch-input
                  steps:
                    - process:
                        id: open-input-batch
                        ref: open-batch
                    - split:
                        id: split-input-batch
                        simple: "${body}"
                        parallelProcessing: true
                        executorService: pipeline
                        steps:
                          - to:
                              id: to-pass-input
                              uri: direct:pass-input
                    - process:
                        id: commit-input-batch
                        ref: commit-batch
            """;
    private static final String SENDS =
            """
            - route:
                id: pass-input
                description: Sends each record of a user, unchanged, to storm.output
                routeConfigurationId: record
                from:
                  uri: direct:pass-input
                  steps:
                    - to:
                        id: to-output
                        uri: kafka:storm.output
            """;

    private final StormScore score;
    private final Path data;
    private final int rigs;
    private final FaultCluster cluster;
    private final Admin admin;
    private final EditedRoutes routes;
    private final Map<AppProcess, Double> failed = new ConcurrentHashMap<>();
    private final List<AppProcess> further = new ArrayList<>();
    private AppProcess application;
    private boolean wanted;

    /** Starts everything. */
    StormField(String name, StormScore score, Path data, int rigs) throws Exception {
        this.score = score;
        this.data = data;
        this.rigs = rigs;
        this.routes = new EditedRoutes(Files.createDirectories(data.resolve("routes")));
        routes.write("storm/watch-input.camel.yaml", READS);
        routes.write("storm/pass-input.camel.yaml", SENDS);
        this.cluster = FaultCluster.start(name, Form.chosen(), data);
        this.admin = Admin.create(Map.of(
                "bootstrap.servers",
                cluster.bootstrap(),
                "request.timeout.ms",
                2_000,
                "default.api.timeout.ms",
                5_000,
                "reconnect.backoff.max.ms",
                200));
        createInput();
        createTopic(new NewTopic(OUTPUT, 4, (short) 1)
                .configs(Map.of("cleanup.policy", "compact", "max.message.bytes", "2000000")));
        startApplication();
        application().awaitStarted();
    }

    void createInput() throws Exception {
        createTopic(new NewTopic(StormPoison.INPUT, StormPoison.INPUT_PARTITIONS, (short) 1)
                .configs(Map.of("max.message.bytes", "2000000")));
    }

    private void createTopic(NewTopic topic) throws Exception {
        untilDone(() -> admin.createTopics(List.of(topic)).all());
    }

    /** What asks Kafka for something that may be done twice. */
    interface Asking {
        KafkaFuture<?> ask();
    }

    /** Asks until the broker has done it: it may be away. */
    void untilDone(Asking asking) throws InterruptedException {
        Evidence.until(KAFKA, "Kafka does it", () -> {
            try {
                asking.ask().get(5, TimeUnit.SECONDS);
                return true;
            } catch (ExecutionException e) {
                return e.getCause() instanceof org.apache.kafka.common.errors.TopicExistsException
                        || e.getCause() instanceof org.apache.kafka.common.errors.InvalidPartitionsException;
            } catch (TimeoutException notYet) {
                return false;
            }
        });
    }

    private Map<String, String> settings(String folder, int count) {
        Map<String, String> settings = new HashMap<>(Form.HASTY);
        settings.put("rigs.count", Integer.toString(count));
        settings.put("routes.dir", routes.folder().toString());
        settings.put("kafka.topics", "storm.input:12,storm.output:4");
        settings.put("archive.window", "3s");
        settings.put("archive.dir", archive().toString());
        settings.put("data.dir", data.resolve(folder).toString());
        return settings;
    }

    Path archive() {
        return data.resolve("archive");
    }

    /** A process of the program that does one thing and ends, beside the application and with its data. */
    JarProcess command(String name, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--json", "--profile", "kafka"));
        Map<String, String> settings = new HashMap<>(AppProcess.elsewhere(cluster.bootstrap()));
        settings.put("archive.dir", archive().toString());
        settings.put("data.dir", data.resolve("application").toString());
        // What is too large for the application's own copies goes back to where it came from.
        settings.put("camel.component.kafka.maxRequestSize", "3000000");
        all.addAll(Form.arguments(settings));
        return JarProcess.start(
                JarProcess.jar(), Files.createDirectories(cluster.folder(name)), SOON, all.toArray(String[]::new));
    }

    synchronized AppProcess application() {
        return application;
    }

    /** From here on it has to run. */
    synchronized void startApplication() {
        wanted = true;
        application = cluster.run(settings("application", rigs), SOON);
    }

    /** As above, without rigs, so that what there is comes to an end. */
    synchronized void startQuietApplication() {
        wanted = true;
        application = cluster.run(settings("application", 0), SOON);
    }

    /** SIGKILL; from here on it need not run. */
    synchronized void killApplication() {
        wanted = false;
        application.kill();
    }

    /** SIGTERM. */
    void stopApplication(Duration within) throws InterruptedException {
        AppProcess stopping;
        synchronized (this) {
            wanted = false;
            stopping = application;
        }
        stopping.leave(within);
    }

    /** Starts what has ended by itself; to be called again and again. */
    synchronized void lookAfterApplication() throws InterruptedException {
        if (wanted && application.hasEnded()) {
            int code = application.exitCode(Duration.ZERO);
            String said = AppProcess.end(application.errors());
            if (code != 0 && isNotNow(application)) {
                score.count("starts given up while Kafka or a topic was away", 1);
            } else {
                score.wrong("the application ended by itself with " + code + ": " + said);
            }
            startApplication();
        }
    }

    /** Whether a process ended because Kafka was away when it began, or a topic. */
    static boolean isNotNow(AppProcess process) {
        return NOT_NOW.matcher(AppProcess.end(process.errors())).find();
    }

    /** With the application's fleet and instance, and a data folder of its own. */
    AppProcess second() {
        return cluster.run(settings("second", rigs), SOON);
    }

    /** An instance without rigs; what it keeps of dead letters it keeps where the application does. */
    AppProcess further() throws IOException {
        Path folder = Files.createDirectories(data.resolve("further"));
        Path letters = Files.createDirectories(data.resolve("application").resolve("dead-letters"));
        if (!Files.isSymbolicLink(folder.resolve("dead-letters"))) {
            Files.createSymbolicLink(folder.resolve("dead-letters"), letters);
        }
        AppProcess process = cluster.run(settings("further", 0), SOON);
        synchronized (further) {
            further.add(process);
        }
        return process;
    }

    private List<AppProcess> running() {
        List<AppProcess> running = new ArrayList<>(List.of(application()));
        synchronized (further) {
            running.addAll(further);
        }
        running.removeIf(process -> process.hasEnded() || !process.hasStarted());
        return running;
    }

    /** How many records of all processes were not sent for good, and are read again; each failed batch has one or more. */
    double failed() {
        running().forEach(process -> failed.merge(process, process.failed(), Math::max));
        return failed.values().stream().mapToDouble(one -> one).sum();
    }

    FaultCluster cluster() {
        return cluster;
    }

    Admin admin() {
        return admin;
    }

    EditedRoutes routes() {
        return routes;
    }

    StormApi api() {
        return new StormApi(data.resolve("application"));
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
        cluster.close();
    }
}
