package routes.conventions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A file of YAML routes, as text and as the tree that Camel makes of it. */
public record RouteFile(String name, String text, JsonNode content) {
    static final String EXTENSION = ".camel.yaml";
    private static final YAMLMapper YAML = new YAMLMapper();

    /** All files of YAML below a folder, whatever they are called. */
    public static List<RouteFile> below(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.ya?ml"))
                    .sorted()
                    .map(RouteFile::read)
                    .toList();
        }
    }

    private static RouteFile read(Path file) {
        try {
            String text = Files.readString(file);
            return new RouteFile(file.getFileName().toString(), text, YAML.readTree(text));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file + " is not YAML", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String withoutComments() {
        return text.lines().filter(line -> !line.strip().startsWith("#")).collect(Collectors.joining("\n"));
    }

    /** The routes in it, one by the conventions. */
    public List<JsonNode> routes() {
        return entries("route");
    }

    /** The ids of the routes in it. */
    public List<String> routeIds() {
        return routes().stream().map(route -> route.path("id").asText()).toList();
    }

    List<JsonNode> configurations() {
        return entries("routeConfiguration");
    }

    private List<JsonNode> entries(String kind) {
        List<JsonNode> entries = new ArrayList<>();
        content.forEach(entry -> {
            if (entry.has(kind)) {
                entries.add(entry.get(kind));
            }
        });
        return entries;
    }
}
