package routes.archive;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What stands in the archive because of this process: {@code rig.archive.files|records|bytes} by topic. */
final class TapMeters {
    private final MeterRegistry registry;

    TapMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void archived(ArchiveFile file) {
        counter("rig.archive.files", "files of the archive that were finished", file.topic())
                .increment();
        counter("rig.archive.records", "records in them", file.topic()).increment(file.records());
        Counter.builder("rig.archive.bytes")
                .description("their size, compressed")
                .baseUnit("bytes")
                .tag("topic", file.topic())
                .register(registry)
                .increment(file.bytes());
    }

    private Counter counter(String name, String description, String topic) {
        return Counter.builder(name)
                .description(description)
                .tag("topic", topic)
                .register(registry);
    }
}
