package routes.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The parent's side of a {@link Child}. What the child logs goes to a file beside its folder. */
final class ChildProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int LAST_LINES = 20;

    private final String name;
    private final Process process;
    private final Path log;
    private final BufferedWriter in;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.in = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        Thread reader = new Thread(this::read, "output of " + name);
        reader.setDaemon(true);
        reader.start();
    }

    /** @param folder the child's working directory, its log is beside it */
    static ChildProcess start(String name, List<String> jvm, Path folder, List<String> args) throws IOException {
        Files.createDirectories(folder);
        Path log = folder.resolveSibling(folder.getFileName() + ".log");
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(jvm);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Child.class.getName()));
        command.addAll(args);
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(log.toFile())
                .start();
        return new ChildProcess(name, process, log);
    }

    private void read() {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            out.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            lines.add("the output cannot be read: " + e);
        }
    }

    /** Has the child do it and waits until it has. */
    void ask(String word) throws IOException, InterruptedException {
        in.write(word);
        in.newLine();
        in.flush();
        awaitLine(Child.DONE::equals);
    }

    void awaitLine(Predicate<String> expected) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < until) {
            String line = lines.poll(100, TimeUnit.MILLISECONDS);
            if (line != null && expected.test(line)) {
                return;
            }
            checkAlive();
        }
        throw new BenchFailedException(name + " has not answered for " + PATIENCE + "; " + lastWords());
    }

    /** @throws BenchFailedException with what it logged last, if it has ended */
    void checkAlive() {
        if (!process.isAlive() && lines.isEmpty()) {
            throw new BenchFailedException(
                    name + " has ended with exit code " + process.exitValue() + "; " + lastWords());
        }
    }

    private String lastWords() {
        try {
            List<String> logged = Files.readAllLines(log);
            return "the end of " + log + ":\n"
                    + String.join("\n", logged.subList(Math.max(0, logged.size() - LAST_LINES), logged.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(log + " cannot be read", e);
        }
    }

    /**
     * Has the child's threads written down, for finding out why it does not go on.
     *
     * @return the file
     */
    Path threads() throws IOException, InterruptedException {
        return diagnose("Thread.print", "threads");
    }

    /** Bytes of all objects that are live on its heap, after a full collection. */
    long liveHeap() throws IOException, InterruptedException {
        List<String> histogram = Files.readAllLines(diagnose("GC.class_histogram", "histogram"));
        String[] total = histogram.get(histogram.size() - 1).trim().split("\\s+");
        if (total.length != 3 || !total[0].equals("Total")) {
            throw new BenchFailedException(name + ": the histogram of its heap ends in " + String.join(" ", total));
        }
        return Long.parseLong(total[2]);
    }

    private Path diagnose(String command, String kind) throws IOException, InterruptedException {
        Path answer = log.resolveSibling(log.getFileName() + "." + kind);
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), command)
                .redirectErrorStream(true)
                .redirectOutput(answer.toFile())
                .start()
                .waitFor();
        return answer;
    }

    /** The time that processors have spent on it so far. */
    Duration cpu() {
        return process.toHandle()
                .info()
                .totalCpuDuration()
                .orElseThrow(() -> new BenchFailedException("this system does not tell the CPU time of a process"));
    }

    /** Ends the child, at first politely. */
    @Override
    public void close() {
        process.destroy();
        try {
            process.onExit().orTimeout(15, TimeUnit.SECONDS).join();
        } catch (CompletionException tooLong) {
            process.destroyForcibly().onExit().join();
        }
    }
}
