package routes.docs;

import static routes.docs.Markdown.code;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import routes.settings.DeclaredSettings;
import routes.settings.DeclaredSettings.Declared;

/** The tables of {@code docs/configuration.md}, made of the properties files that the program carries. */
final class SettingsPart {
    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final String PAGE = "docs/configuration.md";
    private static final String HEADING = "# --- ";

    private SettingsPart() {}

    static List<GeneratedPart> parts() {
        return List.of(
                new GeneratedPart(PAGE, "settings", settings()),
                new GeneratedPart(PAGE, "profile kafka", profile("kafka")),
                new GeneratedPart(PAGE, "profile eventhubs", profile("eventhubs")));
    }

    /** A section per heading of the file; a setting that stands before the first one would be left out and fails. */
    private static String settings() {
        Map<String, Declared> declared = new LinkedHashMap<>();
        DeclaredSettings.builtIn().forEach(setting -> declared.put(setting.key(), setting));
        Map<String, List<List<String>>> sections = new LinkedHashMap<>();
        List<List<String>> rows = null;
        for (String line :
                Pages.read(RESOURCES.resolve("application.properties")).lines().toList()) {
            if (line.startsWith(HEADING)) {
                rows = sections.computeIfAbsent(
                        line.substring(HEADING.length()).replace(" ---", ""), title -> new ArrayList<>());
            } else if (!line.isBlank() && !line.startsWith("#")) {
                rows.add(row(declared.remove(line.substring(0, line.indexOf('=')))));
            }
        }
        if (!declared.isEmpty()) {
            throw new AssertionError("settings that stand in no section of the file: " + declared.keySet());
        }
        StringBuilder text = new StringBuilder();
        sections.forEach((title, of) -> text.append(text.isEmpty() ? "" : "\n")
                .append("### ")
                .append(title)
                .append("\n\n")
                .append(Markdown.table(
                        List.of("Setting", "Default", "Type and range", "What it does", "Environment"), of)));
        return text.toString();
    }

    private static List<String> row(Declared setting) {
        return List.of(
                code(setting.key()),
                code(setting.byDefault()),
                setting.accepts(),
                Markdown.text(setting.description()),
                code(setting.variable()));
    }

    /** What a profile sets, and the comment line directly above. */
    private static String profile(String name) {
        List<List<String>> rows = new ArrayList<>();
        String comment = "";
        for (String line : Pages.read(RESOURCES.resolve("application-" + name + ".properties"))
                .lines()
                .toList()) {
            if (!line.isBlank() && !line.startsWith("#")) {
                int equals = line.indexOf('=');
                rows.add(List.of(
                        code(line.substring(0, equals)), code(line.substring(equals + 1)), Markdown.text(comment)));
            }
            comment = line.replaceFirst("^#\\s*", "");
        }
        return Markdown.table(List.of("Setting", "Value", "Why"), rows);
    }
}
