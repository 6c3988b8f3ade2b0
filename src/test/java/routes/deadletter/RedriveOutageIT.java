package routes.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import routes.broker.BrokerProcess;
import routes.broker.TestBroker;
import routes.kafka.Patience;
import routes.kafka.SendWatch;
import routes.settings.ConfigurationException;

/** A broker that answers no more, its connections open: whatever a redrive was asking it, it ends with one sentence. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RedriveOutageIT {
    /** Longer than the clients wait at all; the settings that they get are those of the commands. */
    private static final Duration AT_MOST = Duration.ofSeconds(45);

    private static final String SENTENCE = "Kafka at ";

    @TempDir
    private Path folder;

    private BrokerProcess process;
    private TestBroker broker;
    private TestLetters letters;

    @BeforeEach
    void start() throws Exception {
        process = BrokerProcess.broker(folder.resolve("kafka"));
        broker = new TestBroker(process.bootstrapServers());
        letters = new TestLetters(broker);
    }

    @AfterEach
    void end() {
        process.close();
        letters.close();
        broker.close();
    }

    @Test
    void beforeAnyLetterIsSent() throws Exception {
        letters.addMany(10);
        signal("STOP");

        long begun = System.nanoTime();
        assertThat(new Attempt(false, done -> {}).failure())
                .startsWith(SENTENCE + process.bootstrapServers())
                .doesNotContain("\n");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(AT_MOST);
    }

    @Test
    void whileLettersAreSent() throws Exception {
        letters.addMany(40);
        letters.addMany(40);
        long[] stopped = new long[1];

        String failure = new Attempt(true, done -> {
                    if (done >= 10 && stopped[0] == 0) {
                        stopped[0] = System.nanoTime();
                        signal("STOP");
                    }
                })
                .failure();

        assertThat(stopped[0]).isPositive();
        assertThat(failure).startsWith(SENTENCE + process.bootstrapServers()).doesNotContain("\n");
        assertThat(Duration.ofNanos(System.nanoTime() - stopped[0])).isLessThan(AT_MOST);
    }

    private void signal(String name) {
        try {
            assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                            .start()
                            .waitFor())
                    .isZero();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Done {
        void of(long done);
    }

    /** @param slowly ten a second */
    private final class Attempt implements SendWatch {
        private final CountDownLatch toldToStop = new CountDownLatch(1);
        private final boolean slowly;
        private final Done done;

        Attempt(boolean slowly, Done done) {
            this.slowly = slowly;
            this.done = done;
        }

        String failure() {
            try {
                return new Redrive(
                                Patience.with(letters.client()),
                                Map.of("delivery.timeout.ms", 120_000),
                                letters.topic(),
                                RedriveTargets.only(letters.original()),
                                new StoredValues(folder.resolve("dead-letters")),
                                Clock.systemUTC())
                        .run(
                                new RedriveRequest(
                                        LetterFilter.ALL,
                                        List.of(),
                                        Long.MAX_VALUE,
                                        1_000,
                                        slowly ? 10 : Double.POSITIVE_INFINITY,
                                        false),
                                this)
                        .failure();
            } catch (ConfigurationException | LetterException e) {
                return e.getMessage();
            }
        }

        @Override
        public void progress(long sent, long all) {
            done.of(sent);
        }

        @Override
        public boolean stopWithin(Duration time) {
            try {
                return toldToStop.await(time.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
