package routes.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk under the broker is full: a small file system in memory, which only a user who may mount one can have. Where
 * nobody may, as in most containers, the test is skipped, in CI too: that is no tool that could be installed.
 */
@Tag("faults")
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class DiskFullIT {
    private static final Form FORM = Form.chosen();
    private static final String SIZE = "500m";
    private static final Duration END = Duration.ofSeconds(60);

    @TempDir
    private Path temp;

    private Path disk;
    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(temp.resolve("disk"));
        mounted = run("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "rig-streams-test", disk.toString());
        assumeTrue(mounted, "skipped: this user may not mount a file system, or there is no tmpfs");
    }

    @AfterEach
    void unmount() throws Exception {
        assertThat(!mounted || run("umount", disk.toString())).isTrue();
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException noSuchCommand) {
            return false;
        }
    }

    @Test
    void aFullDiskLosesNothing() throws Exception {
        try (FaultCluster cluster = FaultCluster.start("disk", FORM, disk);
                Trial trial = new Trial("disk-full", cluster, FORM)) {
            Map<String, String> settings = new HashMap<>(FORM.clients());
            settings.put("rigs.count", Integer.toString(FORM.rigs()));
            settings.put("rigs.period", FORM.period().toMillis() + "ms");
            AppProcess application = cluster.run(settings);
            trial.begin();

            Instant from = Instant.now();
            Path ballast = disk.resolve("ballast");
            fill(ballast);
            int exitCode = cluster.brokerExitCode(END);
            trial.note("exit code of the broker", exitCode);
            // What it had reserved for indexes a broker gives back when it ends: only it can say that the disk was
            // full.
            assertThat(cluster.brokerErrors()).contains("No space left on device");
            assertThat(exitCode).as(cluster.brokerErrors()).isNotZero();
            Files.delete(ballast);
            Instant back = Instant.now();
            cluster.startBroker();
            trial.struck(from, back);
            trial.awaitWork();
            assertThat(application.hasEnded()).isFalse();

            Findings findings = trial.conclude(1);

            trial.assertWorkWasDone(findings);
        }
    }

    /** Until nothing more goes onto the disk. */
    private static void fill(Path ballast) throws IOException {
        byte[] block = new byte[64 * 1024];
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(Files.size(ballast)).as("ballast; %s", full).isGreaterThan(block.length);
        }
    }
}
