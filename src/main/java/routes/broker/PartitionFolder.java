package routes.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;

/** A folder with the log of one partition: {@code <topic>-<number>}, with the topic's id in a file of its own. */
final class PartitionFolder {
    private static final Pattern NAME = Pattern.compile("(?!__cluster_metadata-0$).+-[0-9]+");
    private static final String ID_FILE = "partition.metadata";
    private static final String ID_LINE = "topic_id: ";

    private PartitionFolder() {}

    static boolean isOne(Path path) {
        return NAME.matcher(path.getFileName().toString()).matches() && Files.isDirectory(path);
    }

    /** The id of its topic; empty if Kafka had not yet written it. */
    static Optional<Uuid> topic(Path folder) throws IOException {
        Path file = folder.resolve(ID_FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(ID_LINE))
                    .map(line -> Uuid.fromString(line.substring(ID_LINE.length())))
                    .findFirst();
        }
    }
}
