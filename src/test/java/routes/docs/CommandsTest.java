package routes.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import routes.settings.DeclaredSettings;

/** The commands and settings that the pages name are those that the program has. */
class CommandsTest {
    private static final Pattern CALL = Pattern.compile("java [^|>]*?-jar (?:target/)?rig-streams\\.jar ([^|>&#]*)");
    private static final Pattern SETTING = Pattern.compile("--set ([a-z][\\w.-]*)=");

    @Test
    void theReadmesTableHasEveryCommandAndNoOther() {
        Set<String> documented = Markdown.rowsUnder(Pages.read(Path.of("README.md")), "Command").stream()
                .flatMap(row -> Markdown.codes(row.get(0)).stream())
                .flatMap(code -> names(code).stream())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented).isEqualTo(CommandsPart.commands().keySet()).hasSizeGreaterThanOrEqualTo(6);
    }

    /** {@code topics list|create} are two commands; what is written in capitals is a parameter. */
    private static List<String> names(String code) {
        String[] words = code.split(" ");
        String last = words[words.length - 1];
        if (last.equals(last.toUpperCase(Locale.ROOT))) {
            return names(code.substring(0, code.length() - last.length()).strip());
        }
        String before = code.substring(0, code.length() - last.length());
        return Arrays.stream(last.split("\\|")).map(name -> before + name).toList();
    }

    @Test
    void everyCallOfTheProgramOnAnyPageIsOneItUnderstands() {
        List<String> calls = new ArrayList<>();
        Pages.all().values().forEach(page -> Pages.commands(page).forEach(line -> {
            Matcher call = CALL.matcher(line);
            while (call.find()) {
                calls.add(call.group(1).strip());
            }
        }));

        assertThat(calls).hasSizeGreaterThan(8).allSatisfy(call -> assertThatCode(() ->
                        CommandsPart.program().parseArgs(call.replace("'", "").split("\\s+")))
                .doesNotThrowAnyException());
    }

    @Test
    void everySettingThatIsSetOnAnyPageExists() {
        Set<String> known = DeclaredSettings.builtIn().stream()
                .map(DeclaredSettings.Declared::key)
                .collect(Collectors.toSet());
        Set<String> set = Pages.all().values().stream()
                .flatMap(page -> SETTING.matcher(page).results())
                .map(found -> found.group(1))
                .filter(key -> !key.startsWith("my."))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(known).containsAll(set);
        assertThat(set).hasSizeGreaterThan(5);
    }

    @Test
    void theSettingsThatTheReadmeRecommendsExistWithTheirDefaults() {
        Map<String, String> defaults = DeclaredSettings.builtIn().stream()
                .collect(Collectors.toMap(DeclaredSettings.Declared::key, DeclaredSettings.Declared::byDefault));
        List<List<String>> rows = Markdown.rowsUnder(Pages.read(Path.of("README.md")), "Setting");

        assertThat(rows).hasSizeGreaterThan(5).allSatisfy(row -> {
            String key = Markdown.firstCode(row.get(0));
            assertThat(defaults).containsEntry(key, Markdown.firstCode(row.get(1)));
        });
        assertThat(Stream.of("rigs.count", "rigs.period"))
                .allSatisfy(key -> assertThat(rows).anyMatch(row -> row.get(0).contains(key)));
    }
}
