package routes.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The timer that finishes the files of idle partitions, for all threads that read. */
@Timeout(60)
class ArchiveTapTest {
    @TempDir
    private Path folder;

    @Test
    void whateverAnIdleFileThrowsTheOthersAreFinished() throws Exception {
        TapGroup.FaultyStore store = new TapGroup.FaultyStore(new LocalStore(folder.resolve("capture")));
        store.runsOutOfMemoryFor = "ns/t/0/";
        try (ArchiveTap archive = ArchiveTap.open(
                store,
                new TapSettings("ns", Duration.ofMillis(100), 1 << 26, false),
                folder.resolve("buffers"),
                new SimpleMeterRegistry(),
                Clock.systemUTC())) {
            readBy(archive, 0);
            await().atMost(Duration.ofSeconds(20)).until(() -> store.ranOutOfMemory);

            readBy(archive, 1);

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> store.list("ns/t/1/").count() == 1);
            assertThat(store.list("ns/t/0/")).isEmpty();
            store.runsOutOfMemoryFor = "";
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> store.list("ns/t/0/").count() == 1);
        }
    }

    /** A reading thread of its own, which goes on living. */
    private static void readBy(ArchiveTap archive, int partition) {
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>(OffsetResetStrategy.EARLIEST);
        consumer.assign(Set.of(new TopicPartition("t", partition)));
        Thread reading = new Thread(() -> {
            try {
                archive.take(consumer, List.of(Captured.record(partition, 0, System.currentTimeMillis(), "value")));
                Thread.currentThread().join();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            }
        });
        reading.setDaemon(true);
        reading.start();
    }
}
