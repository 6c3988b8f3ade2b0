package routes.cli;

import picocli.CommandLine.Command;

/** The commands about YAML routes. */
@Command(
        name = "routes",
        description = "What the YAML routes are, and what those of a running instance do.",
        subcommands = {
            RoutesNewCommand.class,
            RoutesExportCommand.class,
            RoutesListCommand.class,
            RoutesShowCommand.class,
            RoutesStopCommand.class,
            RoutesStartCommand.class,
            RoutesRewindCommand.class
        })
final class RoutesCommand {}
