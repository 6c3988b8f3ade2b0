package routes.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own that keeps a folder: as an embedded broker, or with the bare lock of another Kafka. */
public final class BrokerProcess implements AutoCloseable {
    private final Process process;
    private final String bootstrapServers;

    private BrokerProcess(Process process, String bootstrapServers) {
        this.process = process;
        this.bootstrapServers = bootstrapServers;
    }

    public static BrokerProcess broker(Path folder) throws IOException {
        return start("broker", folder);
    }

    /** Holds the lock that every Kafka takes on its folder. */
    static BrokerProcess otherKafka(Path folder) throws IOException {
        return start("lock", folder);
    }

    private static BrokerProcess start(String what, Path folder) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow()));
        command.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(BrokerProcess.class.getName(), what, folder.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("ready ")) {
                return new BrokerProcess(process, line.substring("ready ".length()));
            }
        }
        throw new IllegalStateException(what + " in " + folder + " did not become ready");
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    public long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends the process without warning, as a power cut would. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    /** Runs until killed, or until the process that started it has gone and with it the input. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[1]);
        if (args[0].equals("broker")) {
            EmbeddedBroker broker = EmbeddedBroker.start(new BrokerSettings(folder, 0, false));
            System.out.println("ready " + broker.bootstrapServers());
            System.in.read();
            Runtime.getRuntime().halt(0);
        }
        try (FileChannel channel =
                FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            System.out.println("ready -");
            System.in.read();
        }
    }
}
