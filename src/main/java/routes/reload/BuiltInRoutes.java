package routes.reload;

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
     * The routes, and the cases beside them.
     *
     * @return path below the folder of routes, as in {@code rigs/route-telemetry.camel.yaml}, to text
     * @throws IllegalStateException if there are none: the program is not whole
     */
    public SortedMap<String, String> read() throws IOException {
        SortedMap<String, String> routes = Files.isDirectory(program) ? under(program.resolve(FOLDER)) : inJar();
        if (routes.isEmpty()) {
            throw new IllegalStateException("no YAML routes in " + program);
        }
        return routes;
    }

    /** The routes with their path in the program, as in {@code routes/rigs/route-telemetry.camel.yaml}. */
    public List<RouteText> texts() {
        return texts(RouteFile.EXTENSION);
    }

    /**
     * As above, the files of another kind.
     *
     * @param extension how their names end
     */
    public List<RouteText> texts(String extension) {
        try {
            return read().entrySet().stream()
                    .filter(file -> file.getKey().endsWith(extension))
                    .map(file -> new RouteText(FOLDER + "/" + file.getKey(), file.getValue()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own routes cannot be read", e);
        }
    }

    private SortedMap<String, String> inJar() throws IOException {
        try (FileSystem jar = FileSystems.newFileSystem(program)) {
            return under(jar.getPath("/" + FOLDER));
        }
    }

    /** The program's classes lie in a folder of the same name: only YAML counts. */
    private static SortedMap<String, String> under(Path folder) throws IOException {
        SortedMap<String, String> routes = new TreeMap<>();
        for (Path file : yamlUnder(folder)) {
            routes.put(folder.relativize(file).toString().replace('\\', '/'), Files.readString(file));
        }
        return routes;
    }

    private static List<Path> yamlUnder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).toList();
        }
    }
}
