package routes.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import routes.JarProcess;

/** One instance of the application in a process of its own, with Kafka elsewhere. */
final class AppProcess implements AutoCloseable {
    /** It ends by itself, should the tests die before they end it. */
    private static final String AT_MOST = "90m";

    private static final int LAST_CHARACTERS = 3_000;
    private static final Duration ANSWER = Duration.ofSeconds(2);

    private final JarProcess process;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ANSWER).build();

    private AppProcess(JarProcess process) {
        this.process = process;
    }

    /**
     * Returns at once.
     *
     * @param folder of its own; what it prints goes to files beside it
     */
    static AppProcess start(
            Path folder, String bootstrap, Map<String, String> environment, Map<String, String> settings) {
        Map<String, String> all = new LinkedHashMap<>(elsewhere(bootstrap));
        all.put("observe.port", "0");
        all.putAll(settings);
        List<String> arguments = new ArrayList<>(List.of("run", "--for", AT_MOST, "--profile", "kafka"));
        arguments.addAll(Form.arguments(all));
        try {
            Files.createDirectories(folder);
            return new AppProcess(
                    JarProcess.start(JarProcess.jar(), folder, environment, arguments.toArray(String[]::new)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Settings for a Kafka that is another process. */
    static Map<String, String> elsewhere(String bootstrap) {
        return Map.of("kafka.bootstrap", bootstrap, "kafka.replication", "1", "kafka.min-isr", "1");
    }

    /** Returns when all of it runs. */
    AppProcess awaitStarted() {
        process.address("metrics");
        return this;
    }

    /** The sum of the lines of /metrics that match a regular expression; empty if it does not answer. */
    OptionalDouble metric(String pattern) {
        return get(process.address("metrics"))
                .map(page -> OptionalDouble.of(page.lines()
                        .filter(line -> line.matches(pattern))
                        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                        .sum()))
                .orElseGet(OptionalDouble::empty);
    }

    private Optional<String> get(String address) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address)).timeout(ANSWER).build();
        try {
            return Optional.of(
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException noAnswer) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** How many records its routes have sent to topics, 0 if it does not answer. */
    double routed() {
        return metric("rig_records_total.*outcome=\"sent\",route=\"(route|slice|flag)-telemetry\".*")
                .orElse(0);
    }

    /** How many records were not sent for good and are read again, 0 if it does not answer. */
    double failed() {
        return metric("rig_records_total.*outcome=\"failed\".*").orElse(0);
    }

    /** Whether it has said where it can be observed. */
    boolean hasStarted() {
        return process.out().contains("metrics ");
    }

    boolean hasEnded() {
        return process.hasEnded();
    }

    /** The exit code, once it has ended by itself. */
    int exitCode(Duration within) throws InterruptedException {
        return process.exitCode(within);
    }

    /** What readiness says; empty if it does not answer. */
    Optional<String> readiness() {
        return get(process.address("metrics").replace("/metrics", "/observe/health/ready"));
    }

    /** SIGKILL. */
    void kill() {
        process.kill();
    }

    /** SIGTERM; returns when it is gone. */
    void leave(Duration within) throws InterruptedException {
        process.terminate();
        process.exitCode(within);
    }

    /** SIGSTOP. */
    void freeze() {
        Signal.STOP.to(process.pid());
    }

    /** SIGCONT. */
    void thaw() {
        Signal.CONT.to(process.pid());
    }

    @Override
    public void close() {
        process.close();
    }

    /** What it has printed on the standard error. */
    String errors() {
        return process.err();
    }

    /** The end of what it has printed on the standard error. */
    String lastErrors() {
        return "process " + process.pid() + (hasEnded() ? ", which has ended: " : ": ") + end(process.err());
    }

    static String end(String text) {
        return text.substring(Math.max(0, text.length() - LAST_CHARACTERS));
    }

    @Override
    public String toString() {
        return lastErrors();
    }
}
