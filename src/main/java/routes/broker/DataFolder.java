package routes.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import routes.settings.ConfigurationException;

/** The folder of a broker, ours alone until closed, and formatted. */
final class DataFolder implements AutoCloseable {
    static final String META_PROPERTIES = "meta.properties";

    private final FolderLock lock;

    private DataFolder(FolderLock lock) {
        this.lock = lock;
    }

    static DataFolder open(Path folder) {
        try {
            Files.createDirectories(folder);
            FolderLock lock = FolderLock.take(folder);
            if (!Files.exists(folder.resolve(META_PROPERTIES))) {
                format(folder);
            }
            return new DataFolder(lock);
        } catch (IOException e) {
            throw new ConfigurationException("The Kafka folder " + folder + " cannot be used: " + e + ".");
        }
    }

    private static void format(Path folder) throws IOException {
        Formatter formatter = new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(BrokerConfig.NODE_ID)
                .setControllerListenerName(BrokerConfig.CONTROLLER_LISTENER)
                .setMetadataLogDirectory(folder.toString())
                .addDirectory(folder.toString());
        try {
            formatter.run();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        lock.close();
    }
}
