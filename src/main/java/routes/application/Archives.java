package routes.application;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import routes.archive.ArchiveStore;
import routes.archive.ArchiveTap;
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

    /** Where it is, for people. */
    static String described(Settings settings, ArchiveStore store) {
        return settings.flag("archive.enabled")
                ? store.description() + " (grows without end; off with archive.enabled=false)"
                : "off (archive.enabled)";
    }
}
