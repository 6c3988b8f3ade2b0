package routes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import routes.RigStreams;

/** The command in a process of its own, ended as Ctrl+C and {@code docker stop} do. */
class BrokerCommandIT {
    @TempDir
    private Path folder;

    private Process process;

    @AfterEach
    void end() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    @Timeout(60)
    void saysWhereItIsAndEndsCleanlyWhenAsked() throws Exception {
        process = start("broker", "--set", "broker.port=0", "--set", "data.dir=" + folder.resolve("data"));
        BufferedReader lines = process.inputReader();

        String address = lines.readLine();
        String controller = lines.readLine();
        String data = lines.readLine();

        assertThat(address).as(errors()).matches("Kafka +127\\.0\\.0\\.1:\\d+ \\(embedded\\)");
        assertThat(controller).matches("Kafka controller +127\\.0\\.0\\.1:\\d+ .*");
        assertThat(data).matches("Kafka data +" + folder.resolve("data/kafka") + ", at most 10000 MB, .* 60 min .*");
        String kafka = address.replaceAll("Kafka +| .embedded.", "");
        assertThat(start("topics", "list", "--bootstrap", kafka).waitFor()).isZero();

        process.destroy();

        assertThat(process.waitFor(10, TimeUnit.SECONDS))
                .as("ended within 10 s")
                .isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(errors()).doesNotContain("ERROR");
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                RigStreams.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("errors").toFile()))
                .start();
    }

    private String errors() throws IOException {
        return Files.readString(folder.resolve("errors"));
    }
}
