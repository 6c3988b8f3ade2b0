package routes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The program as users have it: the one file, in a process of its own, with what it prints in files beside it. */
public final class JarProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);

    private final Process process;
    private final Path out;
    private final Path err;

    private JarProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** The file that the build has made. */
    public static Path jar() {
        String jar = System.getProperty("rig-streams.jar");
        if (jar == null || !Files.isRegularFile(Path.of(jar))) {
            throw new IllegalStateException("system property rig-streams.jar is " + jar
                    + "; expected the built file: run this test with 'mvn verify'");
        }
        return Path.of(jar);
    }

    /** @param folder the working directory; what is printed goes to new files beside it */
    public static JarProcess start(Path folder, String... arguments) throws IOException {
        return start(jar(), folder, Map.of(), arguments);
    }

    /** @param environment what differs; the API takes any free port unless it says otherwise */
    public static JarProcess start(Path jar, Path folder, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-jar",
                jar.toString()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(folder.toAbsolutePath().getParent(), "out", ".txt");
        Path err = Files.createTempFile(folder.toAbsolutePath().getParent(), "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("API_PORT", "0");
        builder.environment().putAll(environment);
        return new JarProcess(builder.start(), out, err);
    }

    /** What it has printed on the standard output so far. */
    public String out() {
        return read(out);
    }

    /** What it has printed on the standard error so far. */
    public String err() {
        return read(err);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    /** Where it serves something, once it has said so: {@code Kafka}, {@code metrics}. */
    public String address(String name) {
        Pattern line = Pattern.compile("^" + name + " +(\\S+)", Pattern.MULTILINE);
        try {
            Awaitility.await()
                    .atMost(START)
                    .until(() -> hasEnded() || line.matcher(out()).find());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("no address of " + name + " within " + START + "; " + this, e);
        }
        Matcher matcher = line.matcher(out());
        if (!matcher.find()) {
            throw new AssertionError("it ended without an address of " + name + "; " + this);
        }
        return matcher.group(1);
    }

    /** Whether it has ended, in whatever way. */
    public boolean hasEnded() {
        return !process.isAlive();
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** SIGKILL; returns when the process is gone. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** The exit code of a process that ends within the time. */
    public int exitCode(Duration within) throws InterruptedException {
        if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("still running after " + within + "; " + this);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        kill();
    }

    @Override
    public String toString() {
        return "process " + process.pid() + " printed:\n" + out() + "\nand as errors:\n" + err();
    }
}
