package routes.archive;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.LongAdder;

/** What stands in the archive because of this process: {@code rig.archive.files|records|bytes} by topic. */
final class TapMeters {
    private final MeterRegistry registry;
    private final LongAdder files = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private volatile String lastFile = "";

    TapMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void archived(ArchiveFile file) {
        files.increment();
        bytes.add(file.bytes());
        lastFile = file.path();
        counter("rig.archive.files", "files of the archive that were finished", file.topic())
                .increment();
        counter("rig.archive.records", "records in them", file.topic()).increment(file.records());
        truncated(file.topic(), 0);
        Counter.builder("rig.archive.bytes")
                .description("their size, compressed")
                .baseUnit("bytes")
                .tag("topic", file.topic())
                .register(registry)
                .increment(file.bytes());
    }

    void truncated(String topic, long records) {
        counter("rig.archive.truncated", "records of the archive that the broker lost after they were archived", topic)
                .increment(records);
    }

    long files() {
        return files.sum();
    }

    long bytes() {
        return bytes.sum();
    }

    /** Empty before the first. */
    String lastFile() {
        return lastFile;
    }

    private Counter counter(String name, String description, String topic) {
        return Counter.builder(name)
                .description(description)
                .tag("topic", topic)
                .register(registry);
    }
}
