package routes.application;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import routes.archive.ArchiveKeep;
import routes.archive.ArchiveStore;
import routes.archive.ArchiveTap;
import routes.archive.LocalStore;
import routes.archive.TapSettings;
import routes.settings.ConfigurationException;
import routes.settings.Settings;

/** The archive as the settings have it. */
final class Archives {
    private Archives() {}

    static ArchiveTap tap(Settings settings, ArchiveStore store, MeterRegistry meters, Clock clock) {
        try {
            TapSettings cut = new TapSettings(
                    settings.text("archive.namespace"),
                    settings.duration("archive.window"),
                    settings.bytes("archive.max-bytes"),
                    settings.text("archive.recreated").equals("continue"));
            return ArchiveTap.open(store, cut, settings.path("archive.dir").resolve("buffers"), meters, clock);
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigurationException("The archive cannot be written (archive.dir, archive.namespace): " + e);
        }
    }

    /** Of a local archive the oldest files are removed; Blob has lifecycle rules for that. */
    static AutoCloseable keep(Settings settings, ArchiveStore store, MeterRegistry meters, Clock clock) {
        return settings.flag("archive.enabled") && store instanceof LocalStore local
                ? ArchiveKeep.start(local, limits(settings), meters, clock)
                : () -> {};
    }

    private static ArchiveKeep.Limits limits(Settings settings) {
        return new ArchiveKeep.Limits(
                settings.optionalBytes("archive.keep-size"), settings.optionalDuration("archive.keep-age"));
    }

    /** Where it is, for people. */
    static String described(Settings settings, ArchiveStore store) {
        return settings.flag("archive.enabled")
                ? store.description() + " (" + kept(settings, store) + ")"
                : "off (archive.enabled)";
    }

    private static String kept(Settings settings, ArchiveStore store) {
        String kept = Stream.of("archive.keep-size", "archive.keep-age")
                .filter(key -> !settings.own().getOrDefault(key, "").isEmpty())
                .map(key -> key + "=" + settings.own().get(key))
                .collect(Collectors.joining(", "));
        return kept.isEmpty() || !(store instanceof LocalStore)
                ? "grows without end; off with archive.enabled=false"
                : "the oldest files go: " + kept;
    }
}
