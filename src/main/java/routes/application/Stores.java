package routes.application;

import com.azure.storage.blob.BlobServiceClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.archive.ArchiveException;
import routes.archive.ArchiveStore;
import routes.archive.BlobContainer;
import routes.archive.BlobStore;
import routes.archive.LocalStore;
import routes.deadletter.BlobLetterFiles;
import routes.deadletter.LetterCopies;
import routes.deadletter.LetterFiles;
import routes.deadletter.LocalLetterFiles;
import routes.deadletter.OversizeStore;
import routes.deadletter.StoredValues;
import routes.settings.ConfigurationException;
import routes.settings.PrivateFiles;
import routes.settings.Settings;

/**
 * Where the archive, and what dead letters leave beside their topic, are kept: local folders, or a container of Azure
 * Blob, in which the archive's files stand as they do in the local folder, and the rest in folders beside them.
 */
public final class Stores {
    /** The container in a local folder: what the tap has not finished stands beside it. */
    public static final String LOCAL_CONTAINER = "capture";

    private static final Logger LOG = LoggerFactory.getLogger(Stores.class);
    private static final String DEAD_LETTERS = "dead-letters";
    private static final String COPIES = "dead-letter-copies";

    private final Settings settings;
    private final Path data;
    private final Optional<BlobServiceClient> blob;

    /** Those of the settings. Nothing is asked of any store. */
    public Stores(Settings settings) {
        this(
                settings,
                settings.path("data.dir"),
                settings.text("archive.store").equals("blob")
                        ? Optional.of(BlobAccount.client(settings))
                        : Optional.empty());
    }

    private Stores(Settings settings, Path data, Optional<BlobServiceClient> blob) {
        this.settings = settings;
        this.data = data;
        this.blob = blob;
    }

    /** Folders below this one, whatever the settings say: for a try. */
    static Stores below(Path data, Settings settings) {
        return new Stores(settings, data, Optional.empty());
    }

    /**
     * Looks who may read the data folder; asks Blob whether it can be written; creates the container if that is set. If it does not answer, that is logged: it
     * may do so later.
     *
     * @throws ConfigurationException if it refuses, or there is no such container
     */
    Stores checked() {
        warnOfOpenData();
        if (blob.isPresent()) {
            try {
                if (settings.flag("archive.blob-create")) {
                    container().createIfMissing();
                }
                archive().probe();
            } catch (ArchiveException e) {
                throw new ConfigurationException(e.getMessage());
            } catch (IOException e) {
                LOG.warn("{}; the archive begins when it does", e.getMessage());
            }
        }
        return this;
    }

    /** What was there before is its owner's to change. */
    private void warnOfOpenData() {
        try {
            if (PrivateFiles.isOpenToOthers(data)) {
                LOG.warn("others on this machine have rights on the folder {}; 'chmod 700' takes them away", data);
            }
        } catch (IOException e) {
            throw new ConfigurationException("The folder " + data + " (data.dir) cannot be read: " + e);
        }
    }

    /** The client of the Blob account, if there is one. */
    Optional<BlobServiceClient> blobClient() {
        return blob;
    }

    private BlobContainer container() {
        return new BlobContainer(blob.orElseThrow().getBlobContainerClient(settings.text("archive.blob-container")));
    }

    /** The archive. */
    public ArchiveStore archive() {
        return blob.isPresent()
                ? new BlobStore(container(), DEAD_LETTERS, COPIES)
                : new LocalStore(settings.path("archive.dir").resolve(LOCAL_CONTAINER));
    }

    OversizeStore oversizeValues() {
        return new OversizeStore(letterFiles(DEAD_LETTERS, true));
    }

    /** What did not fit into dead letters. */
    public StoredValues storedValues() {
        return new StoredValues(letterFiles(DEAD_LETTERS, true));
    }

    LetterCopies copies(Clock clock) {
        return new LetterCopies(
                letterFiles(COPIES, false),
                settings.bytes("deadletters.copies-max"),
                settings.duration("deadletters.copies-age"),
                clock);
    }

    private LetterFiles letterFiles(String name, boolean durable) {
        Path folder = data.resolve(name);
        return blob.isPresent()
                ? new BlobLetterFiles(container(), name + "/" + settings.text("archive.namespace"))
                : new LocalLetterFiles(folder, durable);
    }
}
