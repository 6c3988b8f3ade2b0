package routes.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import routes.archive.Azurite;
import routes.archive.AzuriteExtension;
import routes.archive.BlobContainer;
import routes.archive.BlobStore;

/** {@link ArchiveFaults} with Blob as the store: an Azurite of its own, which keeps what it holds on disk. */
@Tag("faults")
@ExtendWith(AzuriteExtension.class)
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class BlobArchiveFaultsIT extends ArchiveFaults {
    private static final String CONTAINER = "capture";

    private Azurite azurite;

    @Override
    ArchivePlace place(Path folder) throws IOException {
        azurite = Azurite.onDisk(Files.createDirectories(folder.resolve("azurite")));
        Map<String, String> settings = new HashMap<>(azurite.settings(CONTAINER));
        settings.put("archive.dir", folder.toString());
        return new ArchivePlace(
                "blob",
                settings,
                Azurite.environment(),
                new BlobStore(new BlobContainer(azurite.client().createBlobContainer(CONTAINER))),
                folder.resolve("buffers"));
    }

    @AfterAll
    void stopAzurite() {
        azurite.close();
    }
}
