package routes.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The folders for unfinished files of several starts at once. */
@Timeout(60)
class BufferFolderTest {
    private static final int STARTS = 8;

    @TempDir
    private Path parent;

    @Test
    void whoStartsAtTheSameTimeLeavesTheFoldersOfTheOthersAlone() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(STARTS);
        CyclicBarrier together = new CyclicBarrier(STARTS);
        try {
            for (int round = 0; round < 50; round++) {
                List<Future<BufferFolder>> opening = new ArrayList<>();
                for (int i = 0; i < STARTS; i++) {
                    opening.add(pool.submit(() -> {
                        together.await();
                        return BufferFolder.open(parent);
                    }));
                }
                for (Future<BufferFolder> one : opening) {
                    Path file = one.get().newFile();
                    Files.writeString(file, "records");
                    assertThat(file).exists();
                }
                for (Future<BufferFolder> one : opening) {
                    one.get().close();
                }
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
