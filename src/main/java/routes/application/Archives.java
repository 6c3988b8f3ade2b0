package routes.application;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import routes.archive.ArchiveTap;
import routes.archive.LocalStore;
import routes.archive.TapSettings;
import routes.settings.ConfigurationException;
import routes.settings.Settings;

/** The archive as the settings have it. */
final class Archives {
    /** As Event Hubs Capture's container is called by default here; a folder in a local store. */
    private static final String CONTAINER = "capture";

    private Archives() {}

    static ArchiveTap tap(Settings settings, MeterRegistry meters, Clock clock) {
        Path folder = settings.path("archive.dir");
        TapSettings cut = new TapSettings(
                settings.text("archive.namespace"),
                settings.duration("archive.window"),
                settings.bytes("archive.max-bytes"),
                settings.text("archive.recreated").equals("continue"));
        try {
            return ArchiveTap.open(
                    new LocalStore(folder.resolve(CONTAINER)), cut, folder.resolve("buffers"), meters, clock);
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigurationException("The archive cannot be written (archive.dir, archive.namespace): " + e);
        }
    }

    /** Where it is, for people. */
    static String described(Settings settings) {
        Path folder =
                settings.path("archive.dir").resolve(CONTAINER).toAbsolutePath().normalize();
        return settings.flag("archive.enabled")
                ? folder + " (grows without end; off with archive.enabled=false)"
                : "off (archive.enabled)";
    }
}
