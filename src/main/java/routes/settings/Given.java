package routes.settings;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * All that settings are read from beside the built-in files.
 *
 * @param profile {@code embedded}, {@code kafka}, {@code eventhubs}, or a name for which one of the folders has an
 *     {@code application-<profile>.properties}
 * @param environment the variables of the environment
 * @param folders with {@code application.properties} and {@code application-<profile>.properties}, where there are such;
 *     a later folder wins
 * @param chosen on the command line; a later one wins
 */
public record Given(String profile, Map<String, String> environment, List<Path> folders, List<Choice> chosen) {
    /** The profile when none is named. */
    public static final String DEFAULT_PROFILE = "embedded";

    /**
     * One setting chosen on the command line.
     *
     * @param option the option that carried it, as in {@code --set}
     */
    public record Choice(String key, String value, String option) {}

    public Given {
        environment = Map.copyOf(environment);
        folders = List.copyOf(folders);
        chosen = List.copyOf(chosen);
    }

    /** What this process is given: its environment, and the folders {@code config} beside the jar and in the working directory. */
    public static Given toThisProcess(String profile, List<Choice> chosen) {
        LinkedHashSet<Path> folders = new LinkedHashSet<>();
        Path program = programFile();
        if (Files.isRegularFile(program)) {
            folders.add(program.toAbsolutePath().normalize().resolveSibling("config"));
        }
        folders.add(Path.of("config").toAbsolutePath().normalize());
        return new Given(profile, System.getenv(), List.copyOf(folders), chosen);
    }

    /** The jar, or the folder of classes, that this program is. */
    private static Path programFile() {
        try {
            return Path.of(Given.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the program's own location is not a URI", e);
        }
    }
}
