package routes.cli;

import picocli.CommandLine.Command;

/** The commands about YAML routes. */
@Command(
        name = "routes",
        description = "What the YAML routes are.",
        subcommands = {RoutesExportCommand.class})
final class RoutesCommand {}
