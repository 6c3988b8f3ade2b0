package routes.cli;

import picocli.CommandLine.Command;

/** The commands about dead letters. */
@Command(
        name = "deadletters",
        description = "What could not be routed: look at it, and send it again.",
        subcommands = {DeadLettersListCommand.class, DeadLettersShowCommand.class, DeadLettersRedriveCommand.class})
final class DeadLettersCommand {}
