package routes.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.kafka.Records;

/**
 * Second copies of dead letters, for people and for the day on which the topic is gone: one JSON file each, {@code
 * <original topic>/<partition>/<offset>.json}, with the letter's headers, all of the original's in their order, key and value; bytes that are no UTF-8 text are
 * in Base64, under a name that ends in {@code Base64}. The oldest go when all together take more than their share of the
 * store, or are older than they may be.
 *
 * <p>Best effort: a wire tap brings them, so what is on its way when the process dies is not written. A store that fails
 * is left alone for a while, so that a full disk or a dead store stops no route.
 */
public final class LetterCopies {
    private static final Logger LOG = LoggerFactory.getLogger(LetterCopies.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The store is looked through after this share of its limit was written. */
    private static final int LOOKS_PER_LIMIT = 20;

    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final LetterFiles files;
    private final long maxBytes;
    private final Duration maxAge;
    private final Clock clock;
    private Instant triedAgainAt;
    private long leftOut;
    private long bytesUntilNextLook;

    /**
     * @param files of one cluster alone
     * @param maxBytes of all copies together
     * @param maxAge since a copy was written
     */
    public LetterCopies(LetterFiles files, long maxBytes, Duration maxAge, Clock clock) {
        this.files = files;
        this.maxBytes = maxBytes;
        this.maxAge = maxAge;
        this.clock = clock;
    }

    /** Writes the exchange's letter, as {@link DeadLetters#prepare} has made it; says so if that fails. */
    public void keep(Exchange exchange) {
        if (!mayTry()) {
            return;
        }
        Message letter = exchange.getMessage();
        try {
            byte[] content = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json(letter));
            files.put(path(letter), content);
            goOn();
            makeRoom(content.length);
        } catch (IOException e) {
            pause(e);
        } catch (RuntimeException e) {
            LOG.warn("the copy of a dead letter could not be written to {}: {}", files.description(), e.toString());
        }
    }

    /** While the store fails, one letter at a time tries it, so that the threads of the wire tap are not all held up. */
    private synchronized boolean mayTry() {
        Instant now = clock.instant();
        if (triedAgainAt != null && now.isBefore(triedAgainAt)) {
            leftOut++;
            return false;
        }
        if (triedAgainAt != null) {
            triedAgainAt = now.plus(PAUSE);
        }
        return true;
    }

    private synchronized void pause(IOException e) {
        if (triedAgainAt == null) {
            LOG.warn(
                    "the copies of dead letters cannot be written to {}: {}; they are left out, and it is tried again"
                            + " every {} s",
                    files.description(),
                    e.toString(),
                    PAUSE.toSeconds());
        }
        triedAgainAt = clock.instant().plus(PAUSE);
    }

    private synchronized void goOn() {
        if (triedAgainAt != null) {
            LOG.info("the copies of dead letters are written again; {} were left out", leftOut);
        }
        triedAgainAt = null;
        leftOut = 0;
    }

    private String path(Message letter) {
        return letter.getHeader(KafkaConstants.TOPIC, String.class) + "/"
                + letter.getHeader(KafkaConstants.PARTITION, String.class) + "/"
                + letter.getHeader(KafkaConstants.OFFSET, String.class) + ".json";
    }

    private static ObjectNode json(Message letter) {
        ObjectNode json = JSON.createObjectNode();
        put(json, "key", letter.getHeader(KafkaConstants.KEY));
        ObjectNode headers = json.putObject("headers");
        letter.getHeaders().entrySet().stream()
                .filter(header ->
                        Records.crosses(header.getKey()) && !header.getKey().equals(OriginalHeaders.HEADER))
                .sorted(Map.Entry.comparingByKey())
                .forEach(header -> put(headers, header.getKey(), header.getValue()));
        if (letter.getHeader(OriginalHeaders.HEADER) instanceof byte[] all) {
            ArrayNode originals = json.putArray("originalHeaders");
            OriginalHeaders.read(all)
                    .forEach(header -> put(originals.addObject().put("name", header.key()), "value", header.value()));
        }
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
        List<LetterFiles.Kept> newestFirst = new ArrayList<>(files.list());
        newestFirst.sort(Comparator.comparing(LetterFiles.Kept::written).reversed());
        Instant oldest = clock.instant().minus(maxAge);
        // Room is left for what is written before the next look.
        long room = maxBytes - bytesUntilNextLook;
        for (LetterFiles.Kept copy : newestFirst) {
            room -= copy.bytes();
            if (room < 0 || copy.written().isBefore(oldest)) {
                files.delete(copy.path());
            }
        }
    }
}
