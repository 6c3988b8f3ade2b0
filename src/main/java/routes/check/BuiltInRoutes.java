package routes.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The YAML routes that the program carries, in its jar or in a folder of classes. */
public final class BuiltInRoutes {
    private static final String FOLDER = "routes";

    private final Path program;

    private BuiltInRoutes(Path program) {
        this.program = program;
    }

    /** @param program a jar, or a folder of classes */
    public static BuiltInRoutes of(Path program) {
        return new BuiltInRoutes(program);
    }

    public static BuiltInRoutes ofThisProgram() {
        try {
            return new BuiltInRoutes(Path.of(BuiltInRoutes.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the program's own location is not a URI", e);
        }
    }

    /**
     * @return path below the folder of routes, as in {@code rigs/route-telemetry.camel.yaml}, to text
     * @throws IllegalStateException if there are none: the program is not whole
     */
    public SortedMap<String, String> read() throws IOException {
        SortedMap<String, String> routes = files(RouteFile.EXTENSION);
        if (routes.isEmpty()) {
            throw new IllegalStateException("no YAML routes in " + program);
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
        return Files.isDirectory(program) ? under(program.resolve(FOLDER), extension) : inJar(extension);
    }

    /** The same with their path in the program, as in {@code routes/rigs/route-telemetry.camel.yaml}. */
    public List<RouteText> texts() {
        return byPath().entrySet().stream()
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

    private SortedMap<String, String> inJar(String extension) throws IOException {
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
