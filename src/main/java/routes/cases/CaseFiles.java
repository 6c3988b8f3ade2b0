package routes.cases;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import routes.reload.BuiltInRoutes;
import routes.reload.RouteText;
import routes.settings.ConfigurationException;

/** The files of cases beside files of routes. */
public final class CaseFiles {
    private CaseFiles() {}

    /**
     * All files named {@code *.test.yaml} below a folder, by their path; links are followed, hidden files are left out.
     *
     * @throws ConfigurationException if one cannot be read
     */
    public static List<RouteText> in(Path folder) {
        try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            List<RouteText> texts = new ArrayList<>();
            for (Path file : files.filter(CaseFiles::isOne).sorted().toList()) {
                // What is not UTF-8 becomes U+FFFD, which is reported at its place.
                texts.add(new RouteText(file.toString(), new String(Files.readAllBytes(file), StandardCharsets.UTF_8)));
            }
            return texts;
        } catch (IOException | UncheckedIOException e) {
            throw new ConfigurationException("the cases in " + folder + " cannot be read: " + e);
        }
    }

    private static boolean isOne(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(RouteCases.EXTENSION) && !name.startsWith(".") && Files.isRegularFile(file);
    }

    /** Those of the built-in routes. */
    public static List<RouteText> builtIn() {
        try {
            return BuiltInRoutes.ofThisProgram().files(RouteCases.EXTENSION).entrySet().stream()
                    .map(file -> new RouteText("routes/" + file.getKey(), file.getValue()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own cases cannot be read", e);
        }
    }
}
