package routes.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import routes.cli.Commands;
import routes.settings.DeclaredSettings;
import routes.settings.Settings;

/** The commands, options and settings that the pages name are those that the program has. */
class CommandsTest {
    private static final Pattern CALL = Pattern.compile("java [^|>]*?-jar (?:target/)?rig-streams\\.jar ([^|>&#]*)");
    private static final Pattern SETTING = Pattern.compile("--set ([a-z][\\w.-]*)=");
    private static final Set<String> OF_EVERY_COMMAND = Set.of("--help", "--version");

    private static CommandLine program() {
        return new CommandLine(Commands.class).registerConverter(Duration.class, Settings::parseDuration);
    }

    /** Full names of the commands that do something, as in {@code topics list}, with their long options. */
    private static Map<String, Set<String>> commands() {
        Map<String, Set<String>> commands = new TreeMap<>();
        addTo(commands, "", program().getCommandSpec());
        return commands;
    }

    private static void addTo(Map<String, Set<String>> commands, String parents, CommandSpec command) {
        command.subcommands().forEach((name, child) -> {
            String fullName = (parents + " " + name).strip();
            if (child.getSubcommands().isEmpty()) {
                commands.put(fullName, options(child.getCommandSpec()));
            } else {
                addTo(commands, fullName, child.getCommandSpec());
            }
        });
    }

    private static Set<String> options(CommandSpec command) {
        return command.options().stream()
                .map(option -> option.longestName())
                .filter(option -> !OF_EVERY_COMMAND.contains(option))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theReadmesTableHasEveryCommandWithAllItsOptionsAndNoOther() {
        Map<String, Set<String>> documented = new TreeMap<>();
        for (List<String> row : Markdown.rowsUnder(Pages.read(Path.of("README.md")), "Command")) {
            Set<String> options = Markdown.codes(row.get(1)).stream()
                    .map(option -> option.split(" ")[0])
                    .collect(Collectors.toCollection(TreeSet::new));
            names(Markdown.firstCode(row.get(0))).forEach(name -> documented.put(name, options));
        }

        assertThat(documented).isEqualTo(commands()).hasSizeGreaterThanOrEqualTo(6);
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

        assertThat(calls).hasSizeGreaterThan(8).allSatisfy(call -> assertThatCode(
                        () -> program().parseArgs(call.replace("'", "").split("\\s+")))
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
