package routes.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Second copies of dead letters, for people and for the day on which the topic is gone: one JSON file each, {@code
 * <folder>/<original topic>/<partition>/<offset>.json}, with the letter's headers, key and value; bytes that are no UTF-8
 * text are in Base64, under a name that ends in {@code Base64}. The oldest go when all together take more than their
 * share of the disk, or are older than they may be.
 *
 * <p>Best effort: a wire tap brings them, so what is on its way when the process dies is not written, and a full disk
 * stops no route.
 */
public final class LetterCopies {
    private static final Logger LOG = LoggerFactory.getLogger(LetterCopies.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The folder is looked through after this share of its limit was written. */
    private static final int LOOKS_PER_LIMIT = 20;

    private final Path folder;
    private final long maxBytes;
    private final Duration maxAge;
    private final Clock clock;
    private long bytesUntilNextLook;

    /**
     * @param maxBytes of all copies together
     * @param maxAge since a copy was written
     */
    public LetterCopies(Path folder, long maxBytes, Duration maxAge, Clock clock) {
        this.folder = folder;
        this.maxBytes = maxBytes;
        this.maxAge = maxAge;
        this.clock = clock;
    }

    /** Writes the exchange's letter, as {@link DeadLetters#prepare} has made it; says so if that fails. */
    public void keep(Exchange exchange) {
        Message letter = exchange.getMessage();
        try {
            byte[] content = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json(letter));
            write(file(letter), content);
            makeRoom(content.length);
        } catch (IOException | RuntimeException e) {
            LOG.warn("the copy of a dead letter could not be written below {}: {}", folder, e.toString());
        }
    }

    private Path file(Message letter) {
        return folder.resolve(letter.getHeader(KafkaConstants.TOPIC, String.class))
                .resolve(letter.getHeader(KafkaConstants.PARTITION, String.class))
                .resolve(letter.getHeader(KafkaConstants.OFFSET, String.class) + ".json");
    }

    private static void write(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.getParent());
        Path unfinished = Files.createTempFile(file.getParent(), "unfinished-", ".part");
        try {
            Files.write(unfinished, content);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static ObjectNode json(Message letter) {
        ObjectNode json = JSON.createObjectNode();
        put(json, "key", letter.getHeader(KafkaConstants.KEY));
        ObjectNode headers = json.putObject("headers");
        letter.getHeaders().entrySet().stream()
                .filter(header ->
                        !header.getKey().startsWith("Camel") && !header.getKey().startsWith("kafka."))
                .sorted(Map.Entry.comparingByKey())
                .forEach(header -> put(headers, header.getKey(), header.getValue()));
        put(json, "value", letter.getBody());
        return json;
    }

    private static void put(ObjectNode json, String name, Object value) {
        if (value instanceof byte[] bytes) {
            try {
                json.put(name, UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
            } catch (CharacterCodingException notText) {
                json.put(name + "Base64", bytes);
            }
        } else {
            json.put(name, value == null ? null : value.toString());
        }
    }

    private synchronized void makeRoom(int written) throws IOException {
        bytesUntilNextLook -= written;
        if (bytesUntilNextLook > 0) {
            return;
        }
        bytesUntilNextLook = maxBytes / LOOKS_PER_LIMIT;
        List<Copy> newestFirst = copies();
        newestFirst.sort(Comparator.comparing(Copy::written).reversed());
        Instant oldest = clock.instant().minus(maxAge);
        // Room is left for what is written before the next look.
        long room = maxBytes - bytesUntilNextLook;
        for (Copy copy : newestFirst) {
            room -= copy.bytes();
            if (room < 0 || copy.written().isBefore(oldest)) {
                Files.deleteIfExists(copy.file());
            }
        }
    }

    private List<Copy> copies() throws IOException {
        List<Copy> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                try {
                    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                    found.add(new Copy(
                            file,
                            attributes.size(),
                            attributes.lastModifiedTime().toInstant()));
                } catch (NoSuchFileException gone) {
                    LOG.debug("{} was removed meanwhile", file);
                }
            }
        }
        return found;
    }

    private record Copy(Path file, long bytes, Instant written) {}
}
