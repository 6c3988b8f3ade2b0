package routes.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Crc32C;

/** What lies in folders. */
final class Folders {
    private Folders() {}

    /** Every file but our own lock, by name, with length and checksum; folders by name alone. */
    static Map<String, String> content(Path folder) throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.filter(path -> !path.endsWith(FolderLock.FILE))
                    .forEach(path -> content.put(folder.relativize(path).toString(), describe(path)));
        }
        return content;
    }

    private static String describe(Path path) {
        try {
            if (Files.isDirectory(path)) {
                return "folder";
            }
            byte[] bytes = Files.readAllBytes(path);
            return bytes.length + " " + HexFormat.of().toHexDigits(Crc32C.compute(bytes, 0, bytes.length));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
    }
}
