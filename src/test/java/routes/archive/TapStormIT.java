package routes.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Crashes, rebalances, late owners, changed settings and a failing store, at random: nothing is lost or doubled. */
class TapStormIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void everyOffsetStandsInExactlyOneFileAfterAnything(long seed) throws IOException {
        new TapStorm(new TapGroup(folder), new Random(seed)).run(400);
    }
}
