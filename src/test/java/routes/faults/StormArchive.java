package routes.faults;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.Header;
import routes.archive.ArchiveStore;

/**
 * The tests' own reading of an archive after a storm: each record that {@code rig.telemetry} holds stands there once. What a
 * cut has taken may stand there as well, under the offset that another record has now.
 */
final class StormArchive {
    private static final int EXAMPLES = 8;
    private static final List<Header> NONE = List.of();

    private final Map<String, List<StormPrint>> archived = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private int files;

    private StormArchive() {}

    static StormArchive of(ArchiveStore store) throws IOException {
        StormArchive archive = new StormArchive();
        try (Stream<String> paths = store.list(ArchivePlace.NAMESPACE + "/" + Evidence.TELEMETRY + "/")) {
            for (String path : paths.toList()) {
                archive.read(store, path);
            }
        }
        return archive;
    }

    private void read(ArchiveStore store, String path) throws IOException {
        files++;
        String partition = path.split("/")[2];
        try (InputStream in = store.open(path);
                DataFileStream<GenericRecord> file = new DataFileStream<>(in, new GenericDatumReader<>())) {
            for (GenericRecord record : file) {
                Map<String, Object> system = new HashMap<>();
                ((Map<?, ?>) record.get("SystemProperties"))
                        .forEach((name, value) -> system.put(name.toString(), value));
                String place = Evidence.TELEMETRY + "/" + partition + "/" + record.get("SequenceNumber");
                archived.computeIfAbsent(place, any -> new ArrayList<>())
                        .add(StormPrint.of(bytes(system.get("x-opt-kafka-key")), bytes(record.get("Body")), NONE));
            }
        }
    }

    private static byte[] bytes(Object value) {
        return value == null ? null : ((ByteBuffer) value).array();
    }

    /** @param cut by place, what a cut has taken */
    Stage stage(Collection<StormRecord> telemetry, Map<String, List<StormPrint>> cut) {
        long lost = 0;
        List<Repeat> repeats = new ArrayList<>();
        for (StormRecord record : telemetry) {
            List<StormPrint> found = archived.getOrDefault(record.place(), List.of());
            long right = found.stream().filter(record.print()::sameBytes).count();
            if (right == 0) {
                lost++;
                problem(record + " is not there; there are " + found.size() + " others");
            }
            for (long more = 1; more < right; more++) {
                repeats.add(new Repeat(0, record.appended()));
                problem(record + " is there " + right + " times");
            }
            found.stream()
                    .filter(print -> !record.print().sameBytes(print))
                    .filter(print ->
                            cut.getOrDefault(record.place(), List.of()).stream().noneMatch(print::sameBytes))
                    .forEach(print -> problem("in the place of " + record + " stands what was never there"));
        }
        return new Stage(Evidence.TELEMETRY, "archive", telemetry.size(), lost, 0, 0, List.copyOf(repeats), problems);
    }

    int files() {
        return files;
    }

    private void problem(String text) {
        if (problems.size() < EXAMPLES) {
            problems.add("archive: " + text);
        }
    }
}
