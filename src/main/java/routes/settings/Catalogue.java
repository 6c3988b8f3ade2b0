package routes.settings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every setting there is, read from the built-in {@code application.properties}: the comment line directly above a key
 * is its description and, in brackets at its end, what it may be.
 */
final class Catalogue {
    private static final Pattern ENTRY = Pattern.compile("([^#=\\s][^=\\s]*)=(.*)");
    private static final Pattern SPECIFIED = Pattern.compile("#\\s*(.+?)\\s*\\[([^\\]]+)\\]");
    private static final Pattern DESCRIBED = Pattern.compile("#\\s*(.+)");

    private final Map<String, Setting> settings;

    private Catalogue(Map<String, Setting> settings) {
        this.settings = Collections.unmodifiableMap(settings);
    }

    /**
     * @param text the file's content
     * @throws IllegalArgumentException if a line is neither comment nor entry, an entry has no description, one of ours
     *     no type and range, a default is not in its own range, or a key occurs twice
     */
    static Catalogue parse(String text) {
        Map<String, Setting> settings = new LinkedHashMap<>();
        String comment = "";
        for (String line : text.lines().toList()) {
            if (!line.isBlank() && !line.startsWith("#")) {
                Setting setting = setting(comment, line);
                if (settings.put(setting.key(), setting) != null) {
                    throw new IllegalArgumentException("setting " + setting.key() + " is declared twice");
                }
            }
            comment = line;
        }
        return new Catalogue(settings);
    }

    private static Setting setting(String comment, String line) {
        Matcher entry = ENTRY.matcher(line);
        if (!entry.matches()) {
            throw new IllegalArgumentException("not a setting: '" + line + "', expected key=value");
        }
        String key = entry.group(1);
        if (isCamel(key)) {
            return new Setting(
                    key, entry.group(2), matched(DESCRIBED, comment, key).group(1), null);
        }
        Matcher specified = matched(SPECIFIED, comment, key);
        return checked(new Setting(key, entry.group(2), specified.group(1), Kind.of(specified.group(2))));
    }

    private static Matcher matched(Pattern pattern, String comment, String key) {
        Matcher matcher = pattern.matcher(comment);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("setting " + key
                    + ": expected one comment line directly above it, for settings of ours ending in [type range]");
        }
        return matcher;
    }

    private static Setting checked(Setting setting) {
        try {
            setting.kind().parse(setting.byDefault());
            return setting;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "setting " + setting.key() + ": its default is not "
                            + setting.kind().expected(),
                    e);
        }
    }

    /** Whether a key is Camel's own, handed to it as it stands. */
    static boolean isCamel(String key) {
        return key.startsWith("camel.");
    }

    /** In the order of the file. */
    Map<String, Setting> settings() {
        return settings;
    }

    /** The setting of ours with this key. */
    Optional<Setting> ours(String key) {
        return Optional.ofNullable(settings.get(key)).filter(Setting::isOurs);
    }
}
