package routes.cli;

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
        ArchiveIndex index = place.index(Optional.ofNullable(topic));
        Removed removed = removed(place);
        List<ArchiveFile> files = index.files().stream().filter(this::isWanted).toList();
        PrintWriter out = spec.commandLine().getOut();
        (json
                        ? List.of(Json.document(new Document(
                                files.stream().map(Row::of).toList(),
                                index.problems(),
                                new Totals(removed.files(), removed.bytes()))))
                        : lines(files))
                .forEach(out::println);
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
        files.forEach(file -> rows.add(Row.of(file).cells()));
        List<String> lines = new ArrayList<>(Table.lines(rows));
        lines.add(String.format(
                Locale.ROOT,
                "%,d files, %,d records, %,d bytes",
                files.size(),
                files.stream().mapToLong(ArchiveFile::records).sum(),
                files.stream().mapToLong(ArchiveFile::bytes).sum()));
        return lines;
    }

    private static Removed removed(Place place) {
        try {
            return place.store().removed();
        } catch (IOException e) {
            throw new CommandFailedException(ArchiveOptions.sentence(e), e);
        }
    }

    /** What {@code --json} prints. */
    private record Document(List<Row> files, List<String> problems, Totals removed) {}

    private record Totals(long files, long bytes) {}

    /** A file; null is what is not known of it. */
    private record Row(
            String path,
            String topic,
            Integer partition,
            long records,
            Long firstOffset,
            Long lastOffset,
            long bytes,
            String firstTime,
            String lastTime) {
        static Row of(ArchiveFile file) {
            boolean empty = file.records() == 0;
            return new Row(
                    file.path(),
                    file.topic().isEmpty() ? null : file.topic(),
                    file.partition() < 0 ? null : file.partition(),
                    file.records(),
                    empty ? null : file.firstOffset(),
                    empty ? null : file.lastOffset(),
                    file.bytes(),
                    empty ? null : Instant.ofEpochMilli(file.firstTimeMillis()).toString(),
                    empty ? null : Instant.ofEpochMilli(file.lastTimeMillis()).toString());
        }

        List<String> cells() {
            return List.of(
                    RecordLine.printable(said(topic)),
                    said(partition),
                    said(firstOffset),
                    said(lastOffset),
                    String.format(Locale.ROOT, "%,d", records),
                    String.format(Locale.ROOT, "%,d", bytes),
                    said(firstTime),
                    said(lastTime),
                    RecordLine.printable(path));
        }

        private static String said(Object value) {
            return value == null ? "-" : value.toString();
        }
    }
}
