package routes.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import routes.archive.ArchiveException;
import routes.audit.AuditException;
import routes.deadletter.LetterException;
import routes.replay.ReplayException;
import routes.settings.ConfigurationException;
import routes.settings.Settings;
import routes.settings.UnreachableException;

/** The command line. Its exit codes are the same for every command. */
@Command(
        name = "rig-streams",
        description = {
            "Sends drilling-rig telemetry through Kafka and routes every message by its content.",
            "Without a command it does what `run` does."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = CommandLine.ScopeType.INHERIT,
        usageHelpAutoWidth = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:good",
            "1:something was found or went wrong, as printed",
            "2:wrong usage",
            "69:Kafka cannot be reached within kafka.wait",
            "78:bad configuration"
        },
        subcommands = {
            RunCommand.class,
            BrokerCommand.class,
            TopicsCommand.class,
            TapCommand.class,
            ArchiveCommand.class,
            ReplayCommand.class,
            AuditCommand.class,
            RoutesCommand.class,
            ValidateCommand.class,
            DeadLettersCommand.class
        })
public final class Commands {
    static final int GOOD = 0;
    static final int FOUND = 1;
    static final int UNREACHABLE = 69;
    static final int BAD_CONFIGURATION = 78;

    private static final Set<String> ABOUT_THE_PROGRAM = Set.of("-h", "--help", "-V", "--version");

    private Commands() {}

    /** Runs what the arguments say; returns the exit code once it is done. */
    public static int execute(String... arguments) {
        CommandLine line = commandLine();
        return line.setOut(new PlainWriter(line.getOut()))
                .setErr(new PlainWriter(line.getErr()))
                .execute(withDefault(arguments));
    }

    /** As {@link #execute(String...)}, but printing elsewhere than on the standard streams. */
    static int execute(PrintWriter out, PrintWriter err, String... arguments) {
        return commandLine()
                .setOut(new PlainWriter(out))
                .setErr(new PlainWriter(err))
                .execute(withDefault(arguments));
    }

    private static CommandLine commandLine() {
        return new CommandLine(new Commands())
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .registerConverter(Duration.class, Commands::duration)
                .setExecutionExceptionHandler(Commands::report);
    }

    /** Without a command the arguments are those of {@code run}. */
    private static String[] withDefault(String[] arguments) {
        boolean hasCommand =
                arguments.length > 0 && (!arguments[0].startsWith("-") || ABOUT_THE_PROGRAM.contains(arguments[0]));
        List<String> completed = new ArrayList<>(hasCommand ? List.of() : List.of("run"));
        completed.addAll(List.of(arguments));
        return completed.toArray(String[]::new);
    }

    private static Duration duration(String text) {
        try {
            return Settings.parseDuration(text);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new TypeConversionException("'" + text + "' is not a duration as in 500ms, 1s, 15m, 24h or 7d");
        }
    }

    private static int report(Exception problem, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (problem instanceof ConfigurationException configuration) {
            configuration.problems().forEach(err::println);
            return configuration instanceof UnreachableException ? UNREACHABLE : BAD_CONFIGURATION;
        }
        if (problem instanceof CommandFailedException
                || problem instanceof LetterException
                || problem instanceof ReplayException
                || problem instanceof AuditException
                || problem instanceof ArchiveException) {
            err.println(problem.getMessage());
            return FOUND;
        }
        problem.printStackTrace(err);
        return FOUND;
    }
}
