package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.kafka.TopicCatalogue;

/** The one file that the build makes, copied alone into an empty folder. */
class OneJarIT {
    private static final long LARGEST_JAR = 90_000_000;
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Pattern SUMMARY_LINE =
            Pattern.compile("^(rig\\.\\S+) +([\\d,]+) +[\\d,.]+$", Pattern.MULTILINE);

    @TempDir
    private Path temp;

    private Path folder;
    private Path jar;

    @BeforeEach
    void copy() throws IOException {
        folder = Files.createDirectory(temp.resolve("empty"));
        jar = Files.copy(JarProcess.jar(), folder.resolve("rig-streams.jar"));
    }

    @Test
    void runsByItself() throws Exception {
        try (JarProcess run = start(
                "run", "--for", "8s", "--set", "rigs.count=20", "--set", "broker.port=0", "--set", "observe.port=0")) {
            assertThat(run.exitCode(Duration.ofSeconds(120))).as(run.toString()).isZero();

            Map<String, Long> records = records(run.out());
            assertThat(records.get("rig.telemetry")).isGreaterThanOrEqualTo(20 * 7);
            assertThat(records.keySet()).containsAll(channelTopicsOfLandRigs());
            assertThat(records.keySet()).anyMatch(topic -> topic.startsWith("rig.activity."));
            assertThat(activity(records)).isEqualTo(records.get("rig.telemetry"));
            channelTopicsOfLandRigs()
                    .forEach(topic -> assertThat(records.get(topic)).as(topic).isEqualTo(records.get("rig.telemetry")));
            assertThat(run.address("data")).isEqualTo(folder.resolve("data").toString());
        }
        assertThat(namesIn(folder)).containsExactlyInAnyOrder("rig-streams.jar", "data");
        assertThat(namesIn(folder.resolve("data/kafka"))).contains("rig.telemetry-0", "rig.telemetry-7");
    }

    private static long activity(Map<String, Long> records) {
        return records.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("rig.activity."))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** All but that of floating rigs. */
    private static List<String> channelTopicsOfLandRigs() {
        List<String> topics = TopicCatalogue.builtIn().topics().stream()
                .map(topic -> topic.name())
                .filter(topic -> topic.startsWith("rig.channels.") && !topic.equals("rig.channels.vessel"))
                .toList();
        assertThat(topics).hasSize(22);
        return topics;
    }

    private static Map<String, Long> records(String summary) {
        return SUMMARY_LINE
                .matcher(summary)
                .results()
                .collect(Collectors.toMap(line -> line.group(1), OneJarIT::count, Long::sum, TreeMap::new));
    }

    private static long count(MatchResult line) {
        return Long.parseLong(line.group(2).replace(",", ""));
    }

    @Test
    void tellsItsVersion() throws Exception {
        try (JarProcess version = start("--version")) {
            assertThat(version.exitCode(SOON)).isZero();
            assertThat(version.out().strip()).matches("rig-streams \\d+\\.\\d+\\.\\d+");
        }
    }

    @Test
    void helps() throws Exception {
        try (JarProcess help = start("--help")) {
            assertThat(help.exitCode(SOON)).isZero();
            assertThat(help.out()).contains("run", "broker", "topics", "tap", "routes", "78");
        }
        assertThat(namesIn(folder)).as("help leaves nothing behind").containsExactly("rig-streams.jar");
    }

    @Test
    void containsTheProgramAndNothingOfItsTests() throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            List<String> names = file.stream().map(ZipEntry::getName).toList();

            assertThat(names).contains("routes/RigStreams.class", "routes/rigs/route-telemetry.camel.yaml");
            assertThat(names)
                    .noneMatch(name -> name.matches("(META-INF/versions/\\d+/)?(org/junit|org/assertj|org/awaitility"
                            + "|org/openjdk/jmh|com/tngtech|org/apache/kafka/streams|org/apache/camel/test|org/rocksdb"
                            + "|routes/bench|routes/fixtures|routes/conventions)/.*"))
                    .noneMatch(name -> name.matches("routes/.*(Test|IT|Bench)(\\$.*)?\\.class"))
                    .noneMatch(name -> name.toLowerCase().contains("rocksdb"))
                    .noneMatch(name -> name.equals("META-INF/BenchmarkList"));
            assertThat(names).doesNotHaveDuplicates();
        }
    }

    @Test
    void isPutTogetherAsItsPartsNeedIt() throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Attributes manifest = file.getManifest().getMainAttributes();
            assertThat(manifest.getValue("Main-Class")).isEqualTo("routes.RigStreams");
            assertThat(manifest.getValue("Multi-Release")).isEqualTo("true");
            assertThat(text(file, "META-INF/services/org/apache/camel/TypeConverterLoader")
                            .lines()
                            .filter(line -> line.startsWith("org.apache.camel.")))
                    .as("the type converters of all of Camel's parts")
                    .hasSizeGreaterThan(3);
            assertThat(text(file, "LICENSE")).isEqualTo(Files.readString(Path.of("LICENSE")));
            assertThat(text(file, "META-INF/NOTICE")).contains("Apache Camel");
            assertThat(text(file, "META-INF/licenses/LIBRARIES.txt")).contains("org.apache.camel:camel-kafka:");
            assertThat(text(file, "META-INF/licenses/com.azure.txt")).contains("Copyright (c) 2015 Microsoft");
        }
        long size = Files.size(jar);
        System.out.println("rig-streams.jar has " + size + " bytes");
        assertThat(size).isBetween(10_000_000L, LARGEST_JAR);
    }

    private static String text(JarFile file, String name) throws IOException {
        assertThat(file.getEntry(name)).as(name).isNotNull();
        try (InputStream in = file.getInputStream(file.getEntry(name))) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private JarProcess start(String... arguments) throws IOException {
        return JarProcess.start(jar, folder, Map.of(), arguments);
    }

    private static List<String> namesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
