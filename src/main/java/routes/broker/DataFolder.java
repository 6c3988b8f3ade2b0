package routes.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import routes.settings.ConfigurationException;
import routes.settings.PrivateFiles;

/**
 * The folder of one broker: checked, kept for that broker until closed, and formatted if it is new. What is found in it
 * is not changed.
 */
final class DataFolder implements AutoCloseable {
    private static final String META_PROPERTIES = "meta.properties";
    /** What a folder may hold that has never served: these, should the first start have been cut short. */
    private static final Set<String> BEFORE_FORMAT =
            Set.of(FolderLock.FILE, "bootstrap.checkpoint", "bootstrap.checkpoint.tmp", META_PROPERTIES + ".tmp");

    /** Kafka leaves it when it stops, and takes it away when it starts. */
    private static final String CLEAN_STOP = ".kafka_cleanshutdown";

    private static final Pattern PARTITION = Pattern.compile("(?!__cluster_metadata).+-\\d+");

    private final Path folder;
    private final FolderLock lock;

    private DataFolder(Path folder, FolderLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** @throws ConfigurationException if a broker cannot run there; says in one sentence why */
    static DataFolder open(Path folder) {
        create(folder);
        FolderLock lock = lock(folder);
        try {
            prepare(folder);
            return new DataFolder(folder, lock);
        } catch (IOException | UncheckedIOException e) {
            lock.close();
            throw new ConfigurationException("The Kafka folder " + folder + " cannot be read or written: " + e + ".");
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Whether a broker has written topics here and was killed, or lost its power. */
    boolean endedUncleanly() {
        if (Files.exists(folder.resolve(CLEAN_STOP))) {
            return false;
        }
        try (Stream<Path> partitions = Files.list(folder)) {
            return partitions.anyMatch(
                    path -> PARTITION.matcher(path.getFileName().toString()).matches());
        } catch (IOException e) {
            throw new ConfigurationException("The Kafka folder " + folder + " cannot be read: " + e + ".");
        }
    }

    static ConfigurationException damaged(Path folder, String what) {
        return new ConfigurationException("The Kafka folder " + folder + " is damaged (" + what
                + "); nothing was changed: restore it from a copy, or set another folder (data.dir).");
    }

    static ConfigurationException otherVersion(Path folder, String what) {
        return new ConfigurationException("The Kafka folder " + folder + " was written by another version of Kafka ("
                + what + "); nothing was changed: use that version, or set another folder (data.dir).");
    }

    private static void create(Path folder) {
        if (folder.toString().contains(",")) {
            throw new ConfigurationException(
                    "The Kafka folder " + folder + " has a comma in its path, which Kafka takes for two folders.");
        }
        try {
            PrivateFiles.folders(folder);
        } catch (FileAlreadyExistsException e) {
            throw new ConfigurationException("The Kafka folder " + folder + " is a file; set another (data.dir).");
        } catch (IOException e) {
            throw new ConfigurationException(
                    "The Kafka folder " + folder + " cannot be made (" + e + "); set another (data.dir).");
        }
    }

    private static FolderLock lock(Path folder) {
        try {
            return FolderLock.take(folder);
        } catch (IOException e) {
            String why = e instanceof AccessDeniedException ? "no permission" : e.toString();
            throw new ConfigurationException("The Kafka folder " + folder + " cannot be written (" + why
                    + "); allow it or set another (data.dir).");
        }
    }

    private static void prepare(Path folder) throws IOException {
        Path properties = folder.resolve(META_PROPERTIES);
        if (Files.exists(properties)) {
            MetaPropertiesCheck.of(properties);
            MetadataCheck.of(folder);
        } else {
            refuseStrangers(folder);
            format(folder);
        }
    }

    /** A folder that holds something else is not ours to fill, and a Kafka without its properties not to format. */
    private static void refuseStrangers(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> !BEFORE_FORMAT.contains(name))
                    .sorted()
                    .findFirst()
                    .ifPresent(name -> {
                        throw damaged(folder, "it has no " + META_PROPERTIES + " but holds " + name);
                    });
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
