package routes.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import routes.archive.ArchiveException;
import routes.archive.ArchiveFile;
import routes.archive.ArchiveIndex;
import routes.archive.Removed;
import routes.cli.ArchiveOptions.Place;

/** Lists the files of the archive. */
@Command(
        name = "list",
        description = {
            "Lists the files of the archive by topic, partition and offset, and what is missing between them.",
            "Ends with 1 if offsets are in no file or in two, if a file cannot be read, or if there is none."
        })
final class ArchiveListCommand implements Callable<Integer> {
    private static final List<String> HEADING =
            List.of("topic", "partition", "first", "last", "records", "bytes", "from", "to", "file");
    private static final String NOT_SAID = "-";

    @Spec
    private CommandSpec spec;

    @Option(names = "--topic", paramLabel = "TOPIC", description = "Only files of this topic.")
    private String topic;

    @Mixin
    private TimeRangeOptions times;

    @Option(names = "--json", description = "Prints one JSON document.")
    private boolean json;

    @Mixin
    private ArchiveOptions archive;

    @Override
    public Integer call() throws ArchiveException {
        times.check();
        Place place = archive.open();
        ArchiveIndex index = index(place);
        Removed removed = removed(place);
        List<ArchiveFile> files = index.files().stream().filter(this::isWanted).toList();
        PrintWriter out = spec.commandLine().getOut();
        (json ? List.of(document(files, index.problems(), removed)) : lines(files)).forEach(out::println);
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        if (files.isEmpty()) {
            err.println("no file of " + index.store().description() + " is meant");
        }
        index.problems().forEach(err::println);
        if (!json && removed.files() > 0) {
            err.printf(
                    Locale.ROOT,
                    "%,d older files with %,d bytes were removed (archive.keep-size, archive.keep-age)%n",
                    removed.files(),
                    removed.bytes());
        }
        return files.isEmpty() || !index.problems().isEmpty() ? Commands.FOUND : Commands.GOOD;
    }

    private ArchiveIndex index(Place place) throws ArchiveException {
        return place.paths().isEmpty()
                ? ArchiveIndex.of(place.store(), Optional.ofNullable(topic))
                : ArchiveIndex.of(place.store(), place.paths());
    }

    /** A file without records has no time, and is listed with any. */
    private boolean isWanted(ArchiveFile file) {
        return (topic == null || file.topic().equals(topic))
                && (file.records() == 0 || times.overlaps(file.firstTimeMillis(), file.lastTimeMillis()));
    }

    private static List<String> lines(List<ArchiveFile> files) {
        if (files.isEmpty()) {
            return List.of();
        }
        List<List<String>> rows = new ArrayList<>(List.of(HEADING));
        files.forEach(file -> rows.add(cells(file)));
        List<String> lines = new ArrayList<>(Table.lines(rows));
        lines.add(String.format(
                Locale.ROOT,
                "%,d files, %,d records, %,d bytes",
                files.size(),
                files.stream().mapToLong(ArchiveFile::records).sum(),
                files.stream().mapToLong(ArchiveFile::bytes).sum()));
        return lines;
    }

    private static List<String> cells(ArchiveFile file) {
        boolean empty = file.records() == 0;
        return List.of(
                file.topic().isEmpty() ? NOT_SAID : RecordLine.printable(file.topic()),
                file.partition() < 0 ? NOT_SAID : Integer.toString(file.partition()),
                empty ? NOT_SAID : Long.toString(file.firstOffset()),
                empty ? NOT_SAID : Long.toString(file.lastOffset()),
                String.format(Locale.ROOT, "%,d", file.records()),
                String.format(Locale.ROOT, "%,d", file.bytes()),
                empty ? NOT_SAID : Instant.ofEpochMilli(file.firstTimeMillis()).toString(),
                empty ? NOT_SAID : Instant.ofEpochMilli(file.lastTimeMillis()).toString(),
                RecordLine.printable(file.path()));
    }

    private static Removed removed(Place place) {
        try {
            return place.store().removed();
        } catch (IOException e) {
            throw new CommandFailedException(ArchiveOptions.sentence(e), e);
        }
    }

    private static String document(List<ArchiveFile> files, List<String> problems, Removed removed) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode list = document.putArray("files");
        files.forEach(file -> list.add(node(file)));
        ArrayNode sentences = document.putArray("problems");
        problems.forEach(sentences::add);
        document.putObject("removed").put("files", removed.files()).put("bytes", removed.bytes());
        return Json.document(document);
    }

    private static ObjectNode node(ArchiveFile file) {
        boolean empty = file.records() == 0;
        return JsonNodeFactory.instance
                .objectNode()
                .put("path", file.path())
                .put("topic", file.topic().isEmpty() ? null : file.topic())
                .put("partition", file.partition() < 0 ? null : (Integer) file.partition())
                .put("records", file.records())
                .put("firstOffset", empty ? null : (Long) file.firstOffset())
                .put("lastOffset", empty ? null : (Long) file.lastOffset())
                .put("bytes", file.bytes())
                .put(
                        "firstTime",
                        empty
                                ? null
                                : Instant.ofEpochMilli(file.firstTimeMillis()).toString())
                .put(
                        "lastTime",
                        empty
                                ? null
                                : Instant.ofEpochMilli(file.lastTimeMillis()).toString());
    }
}
