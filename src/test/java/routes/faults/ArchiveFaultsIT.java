package routes.faults;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import routes.archive.LocalStore;

/** {@link ArchiveFaults} with a local folder as the store. */
@Tag("faults")
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class ArchiveFaultsIT extends ArchiveFaults {
    @Override
    ArchivePlace place(Path folder) {
        return new ArchivePlace(
                "local",
                Map.of("archive.dir", folder.toString()),
                Map.of(),
                new LocalStore(folder.resolve("capture")),
                folder.resolve("buffers"));
    }
}
