package routes.docs;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import routes.cli.Commands;
import routes.settings.Settings;

/** The page {@code docs/commands.md}, made of what the program says of its commands. */
final class CommandsPart {
    private CommandsPart() {}

    static CommandLine program() {
        return new CommandLine(Commands.class).registerConverter(Duration.class, Settings::parseDuration);
    }

    /** The commands that do something, by full name, as in {@code topics list}. */
    static Map<String, CommandLine> commands() {
        Map<String, CommandLine> commands = new TreeMap<>();
        addTo(commands, "", program());
        return commands;
    }

    private static void addTo(Map<String, CommandLine> commands, String parents, CommandLine command) {
        command.getSubcommands().forEach((name, child) -> {
            String fullName = (parents + " " + name).strip();
            if (child.getSubcommands().isEmpty()) {
                commands.put(fullName, child);
            } else {
                addTo(commands, fullName, child);
            }
        });
    }

    static List<GeneratedPart> parts() {
        String text = commands().entrySet().stream()
                .map(command -> "## " + Markdown.code(command.getKey()) + "\n\n```\n"
                        + command.getValue().getUsageMessage(Ansi.OFF) + "```\n")
                .collect(Collectors.joining("\n"));
        return List.of(new GeneratedPart("docs/commands.md", "commands", text));
    }
}
