package routes.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The YAML routes that the program carries, in its jar or in a folder of classes. */
public final class BuiltInRoutes {
    private static final String FOLDER = "routes";

    /** Where files lie, and which of them count. */
    private record Part(Path program, Predicate<String> counts) {}

    private final List<Part> parts;

    private BuiltInRoutes(List<Part> parts) {
        this.parts = parts;
    }

    /** @param program a jar, or a folder of classes */
    public static BuiltInRoutes of(Path program) {
        return new BuiltInRoutes(List.of(new Part(program, path -> true)));
    }

    /** Those of the jar, or the folder of classes, that has this class. */
    public static BuiltInRoutes of(Class<?> type) {
        try {
            return of(Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the place of " + type + " is not a URI", e);
        }
    }

    public static BuiltInRoutes ofThisProgram() {
        return of(BuiltInRoutes.class);
    }

    /** Of these only what lies in no folder: what all flows share. */
    public BuiltInRoutes besideFolders() {
        return only(path -> !path.contains("/"));
    }

    /** Of these only what lies in a folder. */
    public BuiltInRoutes inFolder(String name) {
        return only(path -> path.startsWith(name + "/"));
    }

    private BuiltInRoutes only(Predicate<String> counts) {
        return new BuiltInRoutes(parts.stream()
                .map(part -> new Part(part.program(), part.counts().and(counts)))
                .toList());
    }

    /** These and others. */
    public BuiltInRoutes and(BuiltInRoutes others) {
        List<Part> all = new ArrayList<>(parts);
        all.addAll(others.parts);
        return new BuiltInRoutes(all);
    }

    /**
     * @return path below the folder of routes, as in {@code rigs/route-telemetry.camel.yaml}, to text
     * @throws IllegalStateException if there are none: the program is not whole
     */
    public SortedMap<String, String> read() throws IOException {
        SortedMap<String, String> routes = files(RouteFile.EXTENSION);
        if (routes.isEmpty()) {
            throw new IllegalStateException("no YAML routes in " + parts);
        }
        return routes;
    }

    /**
     * The files of one kind.
     *
     * @param extension how their names end
     * @return path below the folder of routes to text
     */
    public SortedMap<String, String> files(String extension) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        for (Part part : parts) {
            files.putAll(files(part, extension));
        }
        return files;
    }

    private static SortedMap<String, String> files(Part part, String extension) throws IOException {
        SortedMap<String, String> files = Files.isDirectory(part.program())
                ? under(part.program().resolve(FOLDER), extension)
                : inJar(part.program(), extension);
        files.keySet().removeIf(part.counts().negate());
        return files;
    }

    /** The same with their path in the program, as in {@code routes/rigs/route-telemetry.camel.yaml}. */
    public List<RouteText> texts() {
        return texts(byPath());
    }

    /** As {@link #texts()}, the files of another kind. */
    public List<RouteText> texts(String extension) {
        try {
            return texts(files(extension));
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own files cannot be read", e);
        }
    }

    private static List<RouteText> texts(SortedMap<String, String> files) {
        return files.entrySet().stream()
                .map(file -> new RouteText(FOLDER + "/" + file.getKey(), file.getValue()))
                .toList();
    }

    /** As {@link #read()}; what cannot be read is a fault of the program. */
    public SortedMap<String, String> byPath() {
        try {
            return read();
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own routes cannot be read", e);
        }
    }

    private static SortedMap<String, String> inJar(Path program, String extension) throws IOException {
        try (FileSystem jar = FileSystems.newFileSystem(program)) {
            return under(jar.getPath("/" + FOLDER), extension);
        }
    }

    /** The program's classes lie in a folder of the same name: only files of this kind count. */
    private static SortedMap<String, String> under(Path folder, String extension) throws IOException {
        SortedMap<String, String> routes = new TreeMap<>();
        for (Path file : filesUnder(folder, extension)) {
            routes.put(folder.relativize(file).toString().replace('\\', '/'), Files.readString(file));
        }
        return routes;
    }

    private static List<Path> filesUnder(Path folder, String extension) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(extension)).toList();
        }
    }
}
