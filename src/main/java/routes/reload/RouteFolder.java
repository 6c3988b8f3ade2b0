package routes.reload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import routes.check.RouteText;
import routes.settings.ConfigurationException;

/**
 * The files of one kind below a folder, links followed, as all that are named {@code *.camel.yaml}. What is hidden, by a dot
 * before its name or that of a folder, is none: editors and file systems keep such things beside a file. What is too large
 * is not read, and what a link out of the folder leads to is never quoted.
 *
 * <p>Looked at again, it reads only files that may have changed since.
 */
public final class RouteFolder {
    /** File systems are known that keep times in steps of two seconds: a file so young may change without a sign. */
    private static final Duration YOUNG = Duration.ofSeconds(3);

    /** The most bytes that all files together may have. */
    private static final long LARGEST_TOGETHER = 20_000_000;

    /** The most files and folders that are looked at, those behind links too: a link may lead to a whole disk. */
    private static final int MOST_ENTRIES = 10_000;

    private final Path folder;
    private final String extension;
    private final Clock clock;
    private Map<Path, Seen> seen = Map.of();

    /** A file as it was when it was read. */
    private record Seen(RouteText text, Object key, long size, long modified, long readAt) {
        boolean isStill(BasicFileAttributes now) {
            return now.size() == size
                    && now.lastModifiedTime().toMillis() == modified
                    && String.valueOf(now.fileKey()).equals(String.valueOf(key))
                    && readAt - modified > YOUNG.toMillis();
        }
    }

    RouteFolder(Path folder, String extension, Clock clock) {
        this.folder = folder;
        this.extension = extension;
        this.clock = clock;
    }

    /**
     * All files, by their path; none if there is no such folder.
     *
     * @param extension how their names end
     * @throws ConfigurationException if one cannot be read
     */
    public static List<RouteText> read(Path folder, String extension) {
        try {
            return new RouteFolder(folder, extension, Clock.systemUTC()).look();
        } catch (IOException e) {
            throw new ConfigurationException("the files in " + folder + " cannot be read: " + e);
        }
    }

    /**
     * The same, now.
     *
     * @throws IOException if the folder cannot be read
     */
    List<RouteText> look() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        Map<Path, Seen> now = new HashMap<>();
        Path real = folder.toRealPath();
        long together = 0;
        for (Map.Entry<Path, BasicFileAttributes> file : files().entrySet()) {
            Seen before = seen.get(file.getKey());
            // What is too large is not read, and takes nothing from the others.
            long size = file.getValue().size() > RouteText.LARGEST
                    ? 0
                    : file.getValue().size();
            boolean fits = together + size <= LARGEST_TOGETHER;
            boolean same = before != null && before.isStill(file.getValue()) && fits;
            Seen seenNow = same ? before : read(file.getKey(), file.getValue(), real, fits);
            now.put(file.getKey(), seenNow);
            // Some files say that they are empty, and are not.
            together += Math.max(size, seenNow.text().text().length());
        }
        seen = now;
        return new TreeMap<>(now).values().stream().map(Seen::text).toList();
    }

    private Seen read(Path file, BasicFileAttributes attributes, Path folder, boolean fits) throws IOException {
        long readAt = clock.millis();
        try {
            return new Seen(
                    text(file, attributes.size(), fits, folder),
                    attributes.fileKey(),
                    attributes.size(),
                    attributes.lastModifiedTime().toMillis(),
                    readAt);
        } catch (NoSuchFileException goneMeanwhile) {
            throw goneMeanwhile;
        } catch (IOException e) {
            String refused = "the file cannot be read (" + e + "); expected one that this program may read";
            // One bad file holds up no other; that it can be read one day shows neither in its size nor in its time.
            return new Seen(new RouteText(file.toString(), "", refused, true), null, -1, -1, readAt);
        }
    }

    private static RouteText text(Path file, long size, boolean fits, Path folder) throws IOException {
        String name = file.toString();
        if (size > RouteText.LARGEST) {
            return tooLarge(name, size);
        }
        if (!fits) {
            return new RouteText(
                    name,
                    "",
                    "with this one the files have more than " + LARGEST_TOGETHER + " bytes together; expected less",
                    true);
        }
        // What is read is what was found to be inside or not, should a link be put in its place meanwhile.
        Path target = file.toRealPath();
        boolean inside = target.startsWith(folder);
        try (InputStream in = Files.newInputStream(target, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(RouteText.LARGEST + 1);
            // What is not UTF-8 becomes U+FFFD, which the check reports at its place.
            return bytes.length > RouteText.LARGEST
                    ? tooLarge(name, bytes.length)
                    : new RouteText(name, new String(bytes, StandardCharsets.UTF_8), "", inside);
        }
    }

    private static RouteText tooLarge(String name, long size) {
        return new RouteText(name, "", "the file has " + size + " bytes; expected at most " + RouteText.LARGEST, true);
    }

    private SortedMap<Path, BasicFileAttributes> files() throws IOException {
        SortedMap<Path, BasicFileAttributes> files = new TreeMap<>();
        Files.walkFileTree(
                folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                    private int entries;

                    private void count() throws IOException {
                        if (++entries > MOST_ENTRIES) {
                            throw new IOException("there are more than " + MOST_ENTRIES
                                    + " files and folders in it, with those behind links; expected fewer");
                        }
                    }

                    @Override
                    public FileVisitResult preVisitDirectory(Path below, BasicFileAttributes attributes)
                            throws IOException {
                        count();
                        boolean hidden = !below.equals(folder) && isHidden(below);
                        return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                        count();
                        boolean route = file.toString().endsWith(extension) && !isHidden(file);
                        if (route && attributes.isRegularFile()) {
                            files.put(file, attributes);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                        count();
                        // A link that leads back to a folder above, and what was there a moment ago.
                        if (failure instanceof FileSystemLoopException || failure instanceof NoSuchFileException) {
                            return FileVisitResult.CONTINUE;
                        }
                        throw failure;
                    }
                });
        return files;
    }

    private static boolean isHidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }
}
