package routes.cli;

import picocli.CommandLine.Command;

/** The commands about the archive. */
@Command(
        name = "archive",
        description = "What is archived, in files as Event Hubs Capture writes them.",
        subcommands = {ArchiveListCommand.class, ArchiveCatCommand.class, ArchiveSchemaCommand.class})
final class ArchiveCommand {}
