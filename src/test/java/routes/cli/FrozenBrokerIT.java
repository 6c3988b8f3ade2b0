package routes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.broker.BrokerProcess;

/** A broker that answers no more, its connections open. */
class FrozenBrokerIT {
    @TempDir
    private static Path folder;

    private static BrokerProcess broker;

    @BeforeAll
    static void freeze() throws Exception {
        broker = BrokerProcess.broker(folder.resolve("kafka"));
        assertThat(new ProcessBuilder("kill", "-STOP", Long.toString(broker.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    @AfterAll
    static void end() {
        broker.close();
    }

    @ParameterizedTest
    @CsvSource({
        "topics list, 4",
        "topics create, 4",
        "deadletters list, 4",
        "deadletters show 0:0, 4",
        "deadletters redrive --all, 4",
        "replay rig.telemetry, 4",
        "audit, 4",
        "tap rig.telemetry, 30"
    })
    void everyCommandEndsAfterKafkaWaitWithTheSameSentence(String command, int wait) {
        StringWriter err = new StringWriter();
        long start = System.nanoTime();

        int code = Commands.execute(
                new PrintWriter(new StringWriter()),
                new PrintWriter(err, true),
                (command + " --bootstrap " + broker.bootstrapServers() + " --set data.dir=" + folder.resolve("data")
                                + " --set kafka.wait=" + wait + "s")
                        .split(" "));

        assertThat(err.toString())
                .startsWith("Kafka at " + broker.bootstrapServers() + " cannot be reached or does not answer;"
                        + " check the address and that it runs (")
                .hasLineCount(1);
        assertThat(code).isEqualTo(69);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofSeconds(wait - 1), Duration.ofSeconds(wait + 5));
    }
}
