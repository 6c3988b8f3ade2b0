package routes.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import routes.archive.ArchiveFile;
import routes.archive.ArchiveStore;
import routes.archive.CaptureReader;
import routes.audit.AuditedArchive;

/**
 * Where all instances of the application archive to.
 *
 * @param name of the kind of store
 * @param settings that make the application archive there; to be given to its audit as well
 * @param environment that goes with the settings
 * @param store the same place, to be read
 * @param buffers what the instances have not finished
 */
record ArchivePlace(
        String name, Map<String, String> settings, Map<String, String> environment, ArchiveStore store, Path buffers) {
    static final String GROUP = "rig-streams.archive-telemetry";

    static final String NAMESPACE = "rig-streams";

    /** How many files have been begun and are not in the store, by processes that live or have died. */
    long unfinished() {
        if (!Files.isDirectory(buffers)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(buffers)) {
            return files.filter(file -> file.toString().endsWith(".avro")).count();
        } catch (UncheckedIOException vanished) {
            // A process that starts deletes what a dead one has left.
            return unfinished();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By partition, the offset after the last one of the file with the latest name. */
    Map<Integer, Long> ends() {
        Map<Integer, Long> ends = new HashMap<>();
        try {
            String topic = NAMESPACE + "/" + Evidence.TELEMETRY + "/";
            for (String folder : store.children(topic)) {
                latest(folder).ifPresent(file -> ends.put(file.partition(), file.lastOffset() + 1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ends;
    }

    private Optional<ArchiveFile> latest(String folder) throws IOException {
        try (Stream<String> paths = store.list(folder)) {
            String last = paths.reduce((before, after) -> after).orElse(null);
            return last == null ? Optional.empty() : Optional.of(CaptureReader.describe(store, last));
        }
    }

    AuditedArchive audited() {
        return new AuditedArchive(store, NAMESPACE, List.of(Evidence.TELEMETRY));
    }
}
