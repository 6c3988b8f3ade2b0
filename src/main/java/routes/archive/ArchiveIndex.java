package routes.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the files of an archive hold, looked at once.
 *
 * @param store where they are
 * @param files by path; also those without records
 * @param problems one sentence for each file that cannot be read or is none of an archive, and for each gap and overlap
 */
public record ArchiveIndex(ArchiveStore store, List<ArchiveFile> files, List<String> problems) {
    private static final String NO_NAMESPACE = "";

    /**
     * Files whose records follow one another.
     *
     * @param namespace empty where the path has none
     */
    private record Line(String namespace, String topic, int partition) implements Comparable<Line> {
        static Line of(ArchiveFile file) {
            String namespace =
                    CapturePath.parse(file.path()).map(CapturePath::namespace).orElse(NO_NAMESPACE);
            return new Line(namespace, file.topic(), file.partition());
        }

        @Override
        public int compareTo(Line other) {
            return Comparator.comparing(Line::namespace)
                    .thenComparing(Line::topic)
                    .thenComparingInt(Line::partition)
                    .compare(this, other);
        }
    }

    /**
     * Looks at all files of a store, those of other topics by their path only.
     *
     * @param topic only files of this topic, and those that do not say theirs; empty for all
     * @throws ArchiveException if the store cannot be read
     */
    public static ArchiveIndex of(ArchiveStore store, Optional<String> topic) throws ArchiveException {
        Predicate<String> wanted = path -> topic.isEmpty()
                || CapturePath.parse(path)
                        .map(CapturePath::topic)
                        .map(topic.get()::equals)
                        .orElse(true);
        try (Stream<String> paths = store.list("")) {
            return of(store, paths.filter(wanted).toList());
        } catch (UncheckedIOException e) {
            throw new ArchiveException(
                    "the archive in " + store.description() + " cannot be read: "
                            + e.getCause().getMessage(),
                    e);
        }
    }

    /** Looks at these files of a store. */
    public static ArchiveIndex of(ArchiveStore store, List<String> paths) {
        List<ArchiveFile> files = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String path : paths) {
            try {
                files.add(CaptureReader.describe(store, path));
            } catch (IOException e) {
                problems.add(e.getMessage());
            }
        }
        files.sort(Comparator.comparing(Line::of).thenComparing(ArchiveIndex::place));
        problems.addAll(breaks(files));
        return new ArchiveIndex(store, List.copyOf(files), List.copyOf(problems));
    }

    private static long place(ArchiveFile file) {
        return file.records() == 0 ? Long.MAX_VALUE : file.firstOffset();
    }

    /** A sentence for each place where a file does not begin with the offset after the last of the file before. */
    private static List<String> breaks(List<ArchiveFile> files) {
        List<String> breaks = new ArrayList<>();
        Map<Line, ArchiveFile> before = new TreeMap<>();
        for (ArchiveFile file : current(files)) {
            if (file.records() > 0) {
                ArchiveFile last = before.get(Line.of(file));
                if (last != null && file.firstOffset() != last.lastOffset() + 1) {
                    breaks.add(described(last, file));
                }
                if (last == null || file.lastOffset() > last.lastOffset()) {
                    before.put(Line.of(file), file);
                }
            }
        }
        return breaks;
    }

    private static List<ArchiveFile> current(List<ArchiveFile> files) {
        Map<Line, List<ArchiveFile>> lines =
                files.stream().collect(Collectors.groupingBy(Line::of, LinkedHashMap::new, Collectors.toList()));
        return lines.values().stream()
                .map(CurrentFiles::of)
                .flatMap(List::stream)
                .toList();
    }

    private static String described(ArchiveFile last, ArchiveFile file) {
        String where = file.topic() + "/" + file.partition();
        return file.firstOffset() > last.lastOffset()
                ? "gap: " + offsets(last.lastOffset() + 1, file.firstOffset() - 1) + " of " + where
                        + " are in no file; they would stand between " + last.path() + " and " + file.path()
                : "overlap: " + offsets(file.firstOffset(), Math.min(last.lastOffset(), file.lastOffset())) + " of "
                        + where + " are in " + last.path() + " and in " + file.path();
    }

    private static String offsets(long first, long last) {
        return "offsets " + first + " to " + last;
    }

    /**
     * The files of a topic that have records, without what the topic has lost since, by partition, in the order of their
     * offsets. Files that do not say their
     * topic count as this one's, and those that do not say their partition as partition 0's, if there is only one.
     *
     * @throws ArchiveException if there is none, or if they are of several namespaces
     */
    public TreeMap<Integer, List<ArchiveFile>> partitionsOf(String topic) throws ArchiveException {
        List<ArchiveFile> of = files.stream()
                .filter(file -> file.records() > 0)
                .filter(file -> file.topic().equals(topic) || file.topic().isEmpty() && files.size() == 1)
                .toList();
        if (of.isEmpty()) {
            throw new ArchiveException("the archive in " + store.description() + " has no records of the topic " + topic
                    + "; " + topics());
        }
        TreeSet<String> namespaces =
                of.stream().map(file -> Line.of(file).namespace()).collect(Collectors.toCollection(TreeSet::new));
        if (namespaces.size() > 1) {
            throw new ArchiveException("the archive in " + store.description() + " has " + topic + " of "
                    + namespaces.size() + " namespaces: " + String.join(", ", namespaces)
                    + "; name the folder of one of them after --archive");
        }
        TreeMap<Integer, List<ArchiveFile>> partitions = of.stream()
                .collect(Collectors.groupingBy(
                        file -> Math.max(0, file.partition()), TreeMap::new, Collectors.toList()));
        partitions.replaceAll((partition, all) -> CurrentFiles.of(all));
        return partitions;
    }

    private String topics() {
        TreeSet<String> topics = files.stream().map(ArchiveFile::topic).collect(Collectors.toCollection(TreeSet::new));
        topics.remove("");
        return topics.isEmpty() ? "it has none of any" : "it has " + String.join(", ", topics);
    }
}
