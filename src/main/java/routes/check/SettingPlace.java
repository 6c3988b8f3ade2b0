package routes.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where in its source a setting stands. */
final class SettingPlace {
    private SettingPlace() {}

    /**
     * The place of its value in the file that set it, the last of several; the begin of a source that is no file, or that
     * has the key in another notation.
     *
     * @param source as settings name it: a file, {@code --set}, the environment
     */
    static Position of(String key, String source) {
        Pattern entry = Pattern.compile("\\s*" + notations(key) + "\\s*[=:\\s]\\s*");
        List<String> lines = lines(source);
        for (int i = lines.size() - 1; i >= 0; i--) {
            Matcher found = entry.matcher(lines.get(i));
            if (found.lookingAt()) {
                return new Position(i + 1, found.end() + 1);
            }
        }
        return Position.START;
    }

    /** {@code lingerMs} may stand there as {@code linger-ms}. */
    private static String notations(String key) {
        StringBuilder pattern = new StringBuilder();
        for (char letter : key.toCharArray()) {
            String plain = Pattern.quote(String.valueOf(letter));
            pattern.append(
                    Character.isUpperCase(letter) ? "(?:" + plain + "|-" + Character.toLowerCase(letter) + ")" : plain);
        }
        return pattern.toString();
    }

    private static List<String> lines(String source) {
        Path file = source.endsWith(".properties") ? Path.of(source) : null;
        try {
            return file != null && Files.isRegularFile(file)
                    ? Files.readAllLines(file, StandardCharsets.UTF_8)
                    : List.of();
        } catch (IOException e) {
            return List.of(); // it could be read a moment ago; only the line is not known
        }
    }
}
