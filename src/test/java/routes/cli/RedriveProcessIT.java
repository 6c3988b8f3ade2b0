package routes.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import routes.RigStreams;
import routes.broker.BrokerExtension;
import routes.broker.TestBroker;
import routes.deadletter.TestLetters;

/** The command in a process of its own, ended in every way that there is. */
@ExtendWith(BrokerExtension.class)
@Timeout(240)
class RedriveProcessIT {
    private static final int LETTERS = 2_000;
    private static final int IN_FLIGHT = 100;
    private static final String UNDER_WAY = "another redrive is under way: redrive-";

    @TempDir
    private Path folder;

    private final List<Process> processes = new ArrayList<>();
    private TestBroker broker;
    private TestLetters letters;

    @BeforeEach
    void setUp(TestBroker broker) {
        this.broker = broker;
        letters = new TestLetters(broker);
        letters.addMany(LETTERS);
    }

    @AfterEach
    void tearDown() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
        letters.close();
    }

    @Test
    void killedThreeTimesNothingIsLostAndOneBatchPerKillIsSentTwiceAtMost() throws Exception {
        int kills = 3;
        for (int i = 0; i < kills; i++) {
            Process process = startOnceFree();
            awaitSent(broker.records(letters.original()) + 60, process);
            process.destroyForcibly().waitFor();
        }
        assertThat(new HashSet<>(letters.redrivenValues())).hasSizeBetween(60, LETTERS - 1);

        redriveTheRest();

        List<String> values = letters.redrivenValues();
        assertThat(new HashSet<>(values)).hasSize(LETTERS);
        assertThat(values).hasSizeBetween(LETTERS, LETTERS + kills * IN_FLIGHT);
    }

    @Test
    void sigtermFinishesTheBatchSaysWhatWasDoneAndNothingIsSentTwice() throws Exception {
        Process process = startOnceFree();
        awaitSent(60, process);

        process.destroy();

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        long sent = broker.records(letters.original());
        assertThat(out())
                .containsPattern("sent +" + String.format(Locale.ROOT, "%,d", sent) + " to " + letters.original())
                .containsPattern("left, as it was stopped +" + String.format(Locale.ROOT, "%,d", LETTERS - sent));
        redriveTheRest();
        assertEachOnce();
    }

    @Test
    void haltedForLongerThanItsPlaceIsKeptItStopsWhenItWakes() throws Exception {
        Process halted = startOnceFree();
        awaitSent(60, halted);
        signal("STOP", halted);

        redriveTheRest();
        signal("CONT", halted);

        assertThat(halted.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(halted.exitValue()).isEqualTo(1);
        assertThat(err()).contains("this redrive was halted for so long that its place was given away");
        List<String> values = letters.redrivenValues();
        assertThat(new HashSet<>(values)).hasSize(LETTERS);
        assertThat(values).hasSizeBetween(LETTERS, LETTERS + IN_FLIGHT);
    }

    private void assertEachOnce() {
        assertThat(letters.redrivenValues())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, LETTERS).mapToObj(Integer::toString).toList());
    }

    /** A process that died holds its place for some seconds. */
    private void redriveTheRest() {
        StringWriter err = new StringWriter();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    err.getBuffer().setLength(0);
                    int code = Commands.execute(
                            new PrintWriter(new StringWriter()), new PrintWriter(err, true), arguments("100000/s"));
                    assertThat(code == 0 || err.toString().startsWith(UNDER_WAY))
                            .as(err.toString())
                            .isTrue();
                    return code == 0;
                });
    }

    private Process startOnceFree() throws IOException {
        Process[] started = new Process[1];
        await().atMost(Duration.ofSeconds(90)).until(() -> {
            if (started[0] == null || !started[0].isAlive() && err().contains(UNDER_WAY)) {
                started[0] = start();
            }
            assertThat(started[0].isAlive() || err().contains(UNDER_WAY))
                    .as(err())
                    .isTrue();
            return err().contains("redriven ");
        });
        return started[0];
    }

    private void awaitSent(long count, Process process) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> {
                    assertThat(process.isAlive()).as(err()).isTrue();
                    return broker.records(letters.original()) >= count;
                });
    }

    private Process start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                RigStreams.class.getName()));
        command.addAll(List.of(arguments("100/s")));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        processes.add(process);
        return process;
    }

    private String[] arguments(String rate) {
        return new String[] {
            "deadletters",
            "redrive",
            "--all",
            "--rate",
            rate,
            "--allow-topic",
            letters.original(),
            "--letters",
            letters.topic(),
            "--bootstrap",
            broker.bootstrapServers()
        };
    }

    private static void signal(String name, Process process) throws Exception {
        int code = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
        assertThat(code).isZero();
    }

    private String out() throws IOException {
        return Files.readString(folder.resolve("out"));
    }

    private String err() throws IOException {
        return Files.readString(folder.resolve("err"));
    }
}
