package routes.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import routes.archive.ArchiveStore;
import routes.archive.CapturePath;
import routes.archive.CaptureReader;
import routes.archive.CapturedRecord;
import routes.cli.ArchiveOptions.Place;

/** Prints the messages of the archive. */
@Command(
        name = "cat",
        description = {
            "Prints the messages of the archive, or of one file, each as one line of JSON.",
            "Ends with 1 if a file cannot be read to its end, or if no message is meant."
        })
final class ArchiveCatCommand implements Callable<Integer> {
    private static final Pattern OFFSETS = Pattern.compile("(\\d{1,18})(?:-(\\d{1,18}))?");

    @Spec
    private CommandSpec spec;

    @Option(names = "--topic", paramLabel = "TOPIC", description = "Only messages of this topic.")
    private String topic;

    @Option(names = "--partition", paramLabel = "N", description = "Only messages of this partition.")
    private Integer partition;

    @Option(
            names = "--offsets",
            paramLabel = "FIRST-LAST",
            description = "Only messages with these offsets, both included; or one, as in 1200.")
    private String offsets;

    @Option(names = "--rig", paramLabel = "RIG", description = "Only messages of this rig, that is with this key.")
    private String rig;

    @Mixin
    private TimeRangeOptions times;

    @Option(names = "--max", paramLabel = "N", description = "Ends after so many messages.")
    private Long max;

    @Mixin
    private ArchiveOptions archive;

    private long first;
    private long last = Long.MAX_VALUE;
    private long printed;

    @Override
    public Integer call() {
        times.check();
        parseOffsets();
        if (max != null && max < 1) {
            throw new ParameterException(spec.commandLine(), "--max " + max + ": expected 1 or more");
        }
        boolean whole = print(archive.open());
        spec.commandLine().getOut().flush();
        if (printed == 0) {
            spec.commandLine().getErr().println("no message of the archive is meant");
        }
        return whole && printed > 0 ? Commands.GOOD : Commands.FOUND;
    }

    private void parseOffsets() {
        if (offsets == null) {
            return;
        }
        Matcher range = OFFSETS.matcher(offsets);
        if (range.matches()) {
            first = Long.parseLong(range.group(1));
            last = range.group(2) == null ? first : Long.parseLong(range.group(2));
        }
        if (!range.matches() || last < first) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--offsets " + offsets + ": expected FIRST-LAST, as in 1200-1299, or one offset");
        }
    }

    /** @return whether every file could be read */
    private boolean print(Place place) {
        boolean whole = true;
        try (Stream<String> files = place.files()) {
            for (Iterator<String> paths = files.iterator(); wantsMore() && paths.hasNext(); ) {
                String path = paths.next();
                whole &= !mayBeMeant(path) || print(place.store(), path);
            }
        } catch (UncheckedIOException e) {
            throw new CommandFailedException(ArchiveOptions.sentence(e.getCause()), e);
        }
        return whole;
    }

    /** As far as its name tells. */
    private boolean mayBeMeant(String path) {
        return CapturePath.parse(path)
                .map(name -> (topic == null || topic.equals(name.topic()))
                        && (partition == null || partition == name.partition())
                        && times.overlaps(name.second() * 1000, Long.MAX_VALUE))
                .orElse(true);
    }

    private boolean print(ArchiveStore store, String path) {
        try (CaptureReader file = CaptureReader.open(store, path)) {
            for (CapturedRecord record = file.next(); record != null; record = file.next()) {
                if (isMeant(record)) {
                    spec.commandLine().getOut().println(MessageLine.of(record));
                    printed++;
                }
                if (!wantsMore()) {
                    return true;
                }
            }
            return true;
        } catch (IOException e) {
            spec.commandLine().getErr().println(ArchiveOptions.sentence(e));
            return false;
        }
    }

    private boolean isMeant(CapturedRecord record) {
        return (topic == null || topic.equals(record.topic()))
                && (partition == null || partition == record.partition())
                && record.offset() >= first
                && record.offset() <= last
                && (rig == null || Arrays.equals(rig.getBytes(StandardCharsets.UTF_8), record.key()))
                && times.contains(record.timestampMillis());
    }

    /** Also when nobody reads any more, as in {@code archive cat | head}. */
    private boolean wantsMore() {
        PrintWriter out = spec.commandLine().getOut();
        return (max == null || printed < max) && (printed % 100 != 0 || !out.checkError());
    }
}
