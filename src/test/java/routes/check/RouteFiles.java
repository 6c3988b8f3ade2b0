package routes.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Files of YAML routes as the check reads them. */
public final class RouteFiles {
    private RouteFiles() {}

    /** All files of YAML below a folder but those of cases, by their plain names. */
    public static List<RouteFile> below(Path folder) throws IOException {
        List<RouteFile> files = new ArrayList<>();
        for (RouteText text : textsBelow(folder)) {
            Problems problems = new Problems(List.of(text));
            files.add(YamlReader.read(text, problems)
                    .orElseThrow(
                            () -> new IllegalArgumentException(problems.all().toString())));
        }
        return files;
    }

    static List<RouteText> textsBelow(Path folder) throws IOException {
        List<RouteText> texts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(file -> file.toString().matches(".*\\.ya?ml")
                            && !file.toString().endsWith(".test.yaml"))
                    .sorted()
                    .toList()) {
                texts.add(new RouteText(file.getFileName().toString(), Files.readString(file)));
            }
        }
        return texts;
    }
}
