package routes.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.common.metadata.FeatureLevelRecord;
import org.apache.kafka.metadata.util.BatchFileWriter;
import org.apache.kafka.server.common.ApiMessageAndVersion;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.settings.ConfigurationException;

/** Folders in which a broker cannot run; each test harms its own copy of a good one. */
class DamagedFolderIT {
    private static final String METADATA = "__cluster_metadata-0/00000000000000000000.log";
    private static final String CLEAN_STOP = ".kafka_cleanshutdown";

    @TempDir
    static Path good;

    @TempDir
    Path temp;

    private Path folder;

    @BeforeAll
    static void runOnce() throws Exception {
        try (EmbeddedBroker broker = start(good);
                TestBroker tests = new TestBroker(broker.bootstrapServers())) {
            tests.createTopic("kept", 2, Map.of());
            new TestClient(broker.bootstrapServers()).send("kept", List.of("a"));
        }
        assertThat(good.resolve(CLEAN_STOP)).exists();
        assertThat(good.resolve(METADATA)).isNotEmptyFile();
    }

    @BeforeEach
    void copy() throws IOException {
        folder = temp.resolve("kafka");
        Folders.copy(good, folder);
    }

    @Test
    void runsInAGoodCopy() throws Exception {
        try (EmbeddedBroker broker = start(folder)) {
            assertThat(new TestClient(broker.bootstrapServers()).read("kept", "readers", 1))
                    .containsExactly("a");
        }
    }

    @Test
    void runsAfterACrashInTheMiddleOfAWrite() throws Exception {
        Files.delete(folder.resolve(CLEAN_STOP));
        byte[] log = Files.readAllBytes(folder.resolve(METADATA));
        Files.write(folder.resolve(METADATA), Arrays.copyOf(log, 40), StandardOpenOption.APPEND);

        try (EmbeddedBroker broker = start(folder)) {
            assertThat(new TestClient(broker.bootstrapServers()).read("kept", "readers", 1))
                    .containsExactly("a");
        }
    }

    @Test
    void refusesAnotherVersionOfMetaProperties() throws IOException {
        edit("meta.properties", "version=1", "version=2");

        refused("was written by another version of Kafka (meta.properties has version 2, expected 1); nothing was"
                + " changed: use that version, or set another folder (data.dir).");
    }

    @Test
    void refusesANewerMetadataVersion() throws Exception {
        Files.delete(folder.resolve("bootstrap.checkpoint"));
        try (BatchFileWriter writer = BatchFileWriter.open(folder.resolve("bootstrap.checkpoint"))) {
            FeatureLevelRecord version =
                    new FeatureLevelRecord().setName("metadata.version").setFeatureLevel((short) 99);
            writer.append(new ApiMessageAndVersion(version, (short) 0));
        }

        refused("was written by another version of Kafka (its metadata.version is level 99, known are 1 to 21)");
    }

    @Test
    void refusesMetaPropertiesWithoutAClusterId() throws IOException {
        edit("meta.properties", "cluster.id=", "cluster.was=");

        refused("is damaged (meta.properties has no cluster.id); nothing was changed: restore it from a copy, or set"
                + " another folder (data.dir).");
    }

    @Test
    void refusesMetaPropertiesOfAnotherNode() throws IOException {
        edit("meta.properties", "node.id=1", "node.id=7");

        refused("is damaged (meta.properties has node.id 7, expected 1)");
    }

    @Test
    void refusesGarbageAsMetaProperties() throws IOException {
        Files.write(folder.resolve("meta.properties"), garbage(200));

        refused("is damaged (meta.properties");
    }

    @Test
    void refusesALogWithoutMetaProperties() throws IOException {
        Files.delete(folder.resolve("meta.properties"));

        refused("is damaged (it has no meta.properties but holds .kafka_cleanshutdown)");
    }

    @Test
    void refusesGarbageAsMetadataLog() throws IOException {
        Files.write(folder.resolve(METADATA), garbage(5_000));

        refused("is damaged (00000000000000000000.log: no record can be read at byte 0)");
    }

    @Test
    void refusesGarbageAsMetadataLogAfterACrash() throws IOException {
        Files.delete(folder.resolve(CLEAN_STOP));
        Files.write(folder.resolve(METADATA), garbage(5_000));

        refused("is damaged (00000000000000000000.log: no record can be read at byte 0)");
    }

    @Test
    void refusesAFlippedBitInTheMetadataLog() throws IOException {
        byte[] log = Files.readAllBytes(folder.resolve(METADATA));
        log[log.length / 2] ^= 1;
        Files.write(folder.resolve(METADATA), log);

        refused("is damaged (00000000000000000000.log: no record can be read at byte ");
    }

    @Test
    void refusesATruncatedMetadataLog() throws IOException {
        byte[] log = Files.readAllBytes(folder.resolve(METADATA));
        Files.write(folder.resolve(METADATA), Arrays.copyOf(log, log.length - 5));

        refused("is damaged (00000000000000000000.log: it ends within a record, at byte " + (log.length - 5) + ")");
    }

    @Test
    void refusesAnEmptiedMetadataLog() throws IOException {
        Files.write(folder.resolve(METADATA), new byte[0]);

        refused("is damaged (__cluster_metadata-0: it does not know the topic of kept-");
    }

    @Test
    void refusesAMetadataLogWithoutItsBeginning() throws IOException {
        Files.move(folder.resolve(METADATA), folder.resolve("__cluster_metadata-0/00000000000000000009.log"));

        refused("is damaged (00000000000000000009.log: it begins at offset 9, expected 0)");
    }

    @Test
    void refusesATopicIdThatIsNone() throws IOException {
        Path partition = folder.resolve("kept-0");
        Files.writeString(partition.resolve("partition.metadata"), "version: 0\ntopic_id: no/id\n");

        refused("is damaged (kept-0: its topic's id cannot be read); nothing was changed: restore it from a copy");
    }

    @Test
    void refusesGarbageAsQuorumState() throws IOException {
        Files.write(folder.resolve("__cluster_metadata-0/quorum-state"), garbage(50));

        refused("is damaged (quorum-state: it cannot be read)");
    }

    @Test
    void refusesAQuorumStateThatIsNone() throws IOException {
        Files.writeString(folder.resolve("__cluster_metadata-0/quorum-state"), "{\"leaderId\":\"none\"}");

        refused("is damaged (quorum-state: it cannot be read)");
    }

    @Test
    void refusesGarbageAsSnapshot() throws IOException {
        String snapshot = "00000000000000000005-0000000001.checkpoint";
        Files.write(folder.resolve("__cluster_metadata-0").resolve(snapshot), garbage(500));

        refused("is damaged (" + snapshot + ": no record can be read at byte 0)");
    }

    /** A broker writes its first snapshot after an hour, or, as here, after some megabytes of metadata. */
    @Test
    void runsFromASnapshot() throws Exception {
        try (EmbeddedBroker broker = start(folder);
                TestBroker tests = new TestBroker(broker.bootstrapServers())) {
            String replicas = "0:1,".repeat(4_000);
            for (int i = 0; i < 300; i++) {
                tests.setConfig("kept", "leader.replication.throttled.replicas", replicas + i + ":1");
            }
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(snapshots()).isNotEmpty());
        }
        assertThat(snapshots()).isNotEmpty();

        try (EmbeddedBroker broker = start(folder)) {
            assertThat(new TestClient(broker.bootstrapServers()).read("kept", "readers", 1))
                    .containsExactly("a");
        }
    }

    private List<Path> snapshots() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("__cluster_metadata-0"))) {
            return files.filter(file -> file.toString().endsWith(".checkpoint")).toList();
        }
    }

    @Test
    void refusesAFolderOfSomethingElse() throws IOException {
        Path home = Files.createDirectory(temp.resolve("home"));
        Files.writeString(home.resolve("letter.txt"), "Dear");

        assertThatThrownBy(() -> start(home))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("it has no meta.properties but holds letter.txt");
    }

    @Test
    void refusesAFile() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));

        assertThatThrownBy(() -> start(file))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("The Kafka folder " + file + " is a file; set another (data.dir).");
    }

    @Test
    void refusesAPathThatCannotBeMade() throws IOException {
        Path below = Files.createFile(temp.resolve("file")).resolve("kafka");

        assertThatThrownBy(() -> start(below))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("The Kafka folder " + below + " cannot be made (");
    }

    @Test
    void refusesAFolderThatCannotBeWritten() throws IOException {
        Path closed = Files.createDirectory(temp.resolve("closed"));
        Files.createDirectory(closed.resolve(FolderLock.FILE));

        assertThatThrownBy(() -> start(closed))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("The Kafka folder " + closed + " cannot be written (");
    }

    @Test
    void refusesAPathWithAComma() {
        Path comma = temp.resolve("a,b");

        assertThatThrownBy(() -> start(comma))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("has a comma in its path");
        assertThat(comma).doesNotExist();
    }

    private void refused(String why) throws IOException {
        Map<String, String> before = Folders.content(folder);
        assertThatThrownBy(() -> start(folder))
                .isInstanceOfSatisfying(ConfigurationException.class, e -> assertThat(e.problems())
                        .hasSize(1))
                .hasMessageStartingWith("The ")
                .hasMessageContaining(folder.toString())
                .hasMessageContaining(why);
        assertThat(Folders.content(folder)).isEqualTo(before);
    }

    private void edit(String file, String from, String to) throws IOException {
        String text = Files.readString(folder.resolve(file));
        assertThat(text).contains(from);
        Files.writeString(folder.resolve(file), text.replace(from, to), StandardCharsets.ISO_8859_1);
    }

    private static byte[] garbage(int length) {
        byte[] bytes = new byte[length];
        new Random(42).nextBytes(bytes);
        return bytes;
    }

    private static EmbeddedBroker start(Path folder) {
        return EmbeddedBroker.start(new BrokerSettings(folder, 0, false));
    }
}
