package routes.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A folder with a copy of the built-in routes, as a user edits it: files by their path below it. */
public final class EditedRoutes {
    private static final Path BUILT_IN = Path.of("src/main/resources/routes");

    private final Path folder;
    private final Map<String, String> builtIn = new TreeMap<>();

    public EditedRoutes(Path folder) throws IOException {
        this.folder = folder;
        try (Stream<Path> files = Files.walk(BUILT_IN)) {
            for (Path file : files.filter(file -> file.toString().endsWith(".camel.yaml"))
                    .toList()) {
                builtIn.put(BUILT_IN.relativize(file).toString(), Files.readString(file));
            }
        }
        assertThat(builtIn).hasSizeGreaterThan(10);
        restore();
    }

    public Path folder() {
        return folder;
    }

    public Path path(String file) {
        return folder.resolve(file);
    }

    /** As the program has it. */
    public String builtIn(String file) {
        return builtIn.get(file);
    }

    /** All of them. */
    public Map<String, String> builtIn() {
        return builtIn;
    }

    /** Only the built-in routes are there, as they were. */
    public void restore() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(file -> Files.isRegularFile(file) || Files.isSymbolicLink(file))
                    .toList()) {
                if (!builtIn.containsKey(folder.relativize(file).toString()) || Files.isSymbolicLink(file)) {
                    Files.delete(file);
                }
            }
        }
        for (Map.Entry<String, String> file : builtIn.entrySet()) {
            if (!Files.exists(path(file.getKey()))
                    || !Files.readString(path(file.getKey())).equals(file.getValue())) {
                write(file.getKey(), file.getValue());
            }
        }
    }

    public void write(String file, String text) throws IOException {
        Files.createDirectories(path(file).getParent());
        Files.writeString(path(file), text);
    }

    /** Writes beside it, then puts that in its place. */
    public void writeByRename(String file, String text) throws IOException {
        writeByRename(Map.of(file, text));
    }

    /** All of them at nearly the same moment. */
    public void writeByRename(Map<String, String> texts) throws IOException {
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Files.writeString(beside(text.getKey()), text.getValue());
        }
        for (String file : texts.keySet()) {
            Files.move(beside(file), path(file), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private Path beside(String file) {
        return path(file).resolveSibling(".new-" + path(file).getFileName());
    }

    public void delete(String file) throws IOException {
        Files.delete(path(file));
    }

    /** The text with a part replaced, which must be there. */
    public String edited(String file, String part, String by) throws IOException {
        String text = Files.readString(path(file));
        assertThat(text).as(file).contains(part);
        return text.replace(part, by);
    }

    public void edit(String file, String part, String by) throws IOException {
        write(file, edited(file, part, by));
    }
}
