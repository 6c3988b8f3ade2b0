package routes.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class LetterCopiesTest {
    private static final Duration AGE = Duration.ofDays(1);

    private final InMemory files = new InMemory();
    private Instant now = Instant.parse("2026-11-20T10:00:00Z");

    private final Clock clock = new Clock() {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    @Test
    void theOldestGoWhenAllTakeMoreThanTheirShare() {
        LetterCopies copies = new LetterCopies(files, 100_000, AGE, clock);
        for (int offset = 0; offset < 200; offset++) {
            now = now.plusSeconds(1);
            copies.keep(letter(offset, "x".repeat(1_000)));
        }

        long bytes = files.list().stream().mapToLong(LetterFiles.Kept::bytes).sum();
        assertThat(bytes).isBetween(80_000L, 100_000L);
        assertThat(files.size("rig.telemetry/3/199.json")).isPresent();
        assertThat(files.size("rig.telemetry/3/0.json")).isEmpty();
    }

    @Test
    void whatIsTooOldGoes() {
        new LetterCopies(files, 1_000_000, AGE, clock).keep(letter(1, "old"));
        now = now.plus(AGE).plusSeconds(1);

        new LetterCopies(files, 1_000_000, AGE, clock).keep(letter(2, "new"));

        assertThat(files.list()).extracting(LetterFiles.Kept::path).containsExactly("rig.telemetry/3/2.json");
    }

    @Test
    void aStoreThatFailsIsLeftAloneForAWhile() {
        LetterCopies copies = new LetterCopies(files, 1_000_000, AGE, clock);
        files.down = true;
        copies.keep(letter(1, "a"));
        copies.keep(letter(2, "b"));
        files.down = false;
        copies.keep(letter(3, "c"));
        assertThat(files.attempts).isEqualTo(1);

        now = now.plusSeconds(31);
        copies.keep(letter(4, "d"));
        copies.keep(letter(5, "e"));

        assertThat(files.list())
                .extracting(LetterFiles.Kept::path)
                .containsExactly("rig.telemetry/3/4.json", "rig.telemetry/3/5.json");
    }

    private static Exchange letter(long offset, String value) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setHeader(KafkaConstants.TOPIC, "rig.telemetry");
        exchange.getMessage().setHeader(KafkaConstants.PARTITION, 3);
        exchange.getMessage().setHeader(KafkaConstants.OFFSET, offset);
        exchange.getMessage().setBody(value.getBytes(UTF_8));
        return exchange;
    }

    private final class InMemory implements LetterFiles {
        private final Map<String, byte[]> contents = new TreeMap<>();
        private final Map<String, Instant> written = new TreeMap<>();
        private boolean down;
        private int attempts;

        @Override
        public void put(String path, byte[] content) throws IOException {
            attempts++;
            if (down) {
                throw new IOException("down");
            }
            contents.put(path, content);
            written.put(path, now);
        }

        @Override
        public OptionalLong size(String path) {
            return contents.containsKey(path) ? OptionalLong.of(contents.get(path).length) : OptionalLong.empty();
        }

        @Override
        public byte[] read(String path) throws IOException {
            if (!contents.containsKey(path)) {
                throw new NoSuchFileException(path);
            }
            return contents.get(path);
        }

        @Override
        public void delete(String path) {
            contents.remove(path);
        }

        @Override
        public List<Kept> list() {
            return contents.entrySet().stream()
                    .map(file -> new Kept(file.getKey(), file.getValue().length, written.get(file.getKey())))
                    .toList();
        }

        @Override
        public String place(String path) {
            return path;
        }

        @Override
        public String description() {
            return "memory";
        }

        @Override
        public String settings() {
            return "none";
        }
    }
}
