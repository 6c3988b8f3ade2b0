package routes.reload;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import routes.settings.ConfigurationException;

/** The files of YAML routes below a folder, links followed. */
public final class RouteFolder {
    private RouteFolder() {}

    /**
     * All files named {@code *.camel.yaml}, by their path; none if there is no such folder.
     *
     * @throws ConfigurationException if one cannot be read
     */
    public static List<RouteText> read(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            List<RouteText> texts = new ArrayList<>();
            for (Path file : files.filter(RouteFolder::isRoute).sorted().toList()) {
                // What is not UTF-8 becomes U+FFFD, which the check reports at its place.
                texts.add(new RouteText(file.toString(), new String(Files.readAllBytes(file), StandardCharsets.UTF_8)));
            }
            return texts;
        } catch (IOException e) {
            throw new ConfigurationException("the routes in " + folder + " cannot be read: " + e);
        }
    }

    private static boolean isRoute(Path file) {
        return file.toString().endsWith(RouteFile.EXTENSION) && Files.isRegularFile(file);
    }
}
