package routes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A folder of routes as users make it: a copy of the built-in ones, with what they add. */
public final class OwnRoutes {
    private static final Path BUILT_IN = Path.of("src/main/resources/routes");
    private static final Path PAGE = Path.of("docs/routes.md");

    private OwnRoutes() {}

    /** The built-in ones, into a folder that has none of them yet. */
    public static void copyBuiltIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(BUILT_IN)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(BUILT_IN.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    /**
     * The files that {@code docs/routes.md} shows as those of a folder.
     *
     * @param shown the folder's name on the page
     * @return how many they are
     */
    public static int copyExample(String shown, Path folder) throws IOException {
        Pattern file = Pattern.compile(
                "`" + Pattern.quote(shown) + "/(\\S+)`:\n\n```yaml\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
        Matcher found = file.matcher(Files.readString(PAGE));
        int copied = 0;
        while (found.find()) {
            Path copy = folder.resolve(found.group(1));
            Files.createDirectories(copy.getParent());
            Files.writeString(copy, found.group(2));
            copied++;
        }
        return copied;
    }
}
