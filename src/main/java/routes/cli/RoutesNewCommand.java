package routes.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import routes.application.Cases;
import routes.application.Routes;
import routes.cases.CaseReport;
import routes.cases.RouteCases;
import routes.check.RouteFile;
import routes.check.RouteProblem;
import routes.check.RouteText;
import routes.kafka.TopicCatalogue;
import routes.reload.RouteFolder;
import routes.settings.Given;
import routes.settings.Settings;

/** Writes a route of a user's own, ready to be edited. */
@Command(
        name = "new",
        description = {
            "Writes a route that works into a folder: one that reads a topic, one that decides about each record, and the"
                    + " cases that test it; then checks what it wrote, and runs the cases.",
            "Edit the condition in NAME-record.camel.yaml, and run the folder with `run --routes DIR`."
        })
final class RoutesNewCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private SettingsOptions options;

    @Parameters(index = "0", paramLabel = "NAME", description = "The route's name, as in big-orders.")
    private String name;

    @Parameters(
            index = "1",
            paramLabel = "DIR",
            description =
                    "The folder of routes; made if it does not exist. One without routes also gets what every folder"
                            + " needs: how failures are treated, and where dead letters go.")
    private Path folder;

    @Option(names = "--from", required = true, paramLabel = "TOPIC", description = "The topic that it reads.")
    private String from;

    @Option(names = "--to", required = true, paramLabel = "TOPIC", description = "The topic that it sends to.")
    private String to;

    /** How a record is read. */
    enum Reader {
        json,
        telemetry
    }

    @Option(
            names = "--read",
            defaultValue = "json",
            paramLabel = "json|telemetry",
            description = "What a record is: any JSON object, or a message of a rig. Default: ${DEFAULT-VALUE}.")
    private Reader reader;

    @Override
    public Integer call() {
        Logging.keepCamelQuiet();
        NewRoute route = new NewRoute(name, from, to);
        List<RouteText> existing = RouteFolder.read(folder, RouteFile.EXTENSION);
        Map<Path, String> files = files(route, existing.isEmpty());
        List<Path> inTheWay = files.keySet().stream().filter(Files::exists).toList();
        if (!inTheWay.isEmpty()) {
            inTheWay.forEach(file -> spec.commandLine().getErr().println(file + " exists; nothing was written"));
            return Commands.FOUND;
        }
        Set<String> topics = new LinkedHashSet<>(options.load().list("kafka.topics"));
        topics.addAll(ownTopics(topics));
        Settings settings =
                options.load(List.of(new Given.Choice("kafka.topics", String.join(",", topics), "--from and --to")));
        List<RouteText> routes = new ArrayList<>(existing);
        routes.addAll(texts(files, RouteFile.EXTENSION));
        List<RouteProblem> problems = Routes.check(settings).problems(routes);
        if (problems.stream().anyMatch(RouteProblem::isError)) {
            problems.forEach(problem -> print(problem.toString()));
            print("nothing was written");
            return Commands.BAD_CONFIGURATION;
        }
        write(files);
        return tried(settings, routes, texts(files, RouteCases.EXTENSION), topics);
    }

    private Map<Path, String> files(NewRoute route, boolean first) {
        Map<Path, String> files = new LinkedHashMap<>();
        route.files(reader.name()).forEach((file, text) -> files.put(folder.resolve(file), text));
        if (first) {
            NewRoute.foundation().forEach((file, text) -> files.put(folder.resolve(file), text));
        }
        return files;
    }

    private static List<RouteText> texts(Map<Path, String> files, String extension) {
        return files.entrySet().stream()
                .filter(file -> file.getKey().toString().endsWith(extension))
                .map(file -> new RouteText(file.getKey().toString(), file.getValue()))
                .toList();
    }

    /** Those of the two topics that neither the catalogue nor the settings have. */
    private List<String> ownTopics(Set<String> known) {
        TopicCatalogue catalogue = TopicCatalogue.builtIn().with(List.copyOf(known));
        return List.of(from, to).stream()
                .filter(topic -> catalogue.find(topic).isEmpty())
                .toList();
    }

    private void write(Map<Path, String> files) {
        for (Map.Entry<Path, String> file : files.entrySet()) {
            try {
                Files.createDirectories(file.getKey().getParent());
                Files.writeString(file.getKey(), file.getValue(), StandardOpenOption.CREATE_NEW);
            } catch (IOException e) {
                throw new CommandFailedException(
                        file.getKey() + " cannot be written (" + e + "); what is named above was", e);
            }
            print(file.getKey().toString());
        }
    }

    private int tried(Settings settings, List<RouteText> routes, List<RouteText> files, Set<String> topics) {
        RouteCases cases = Cases.of(settings, routes, files);
        CaseReport report = Logging.withoutWarnings(() -> Cases.run(settings, cases));
        report.failures().forEach(failure -> print(failure.toString()));
        print(report.cases() + " cases: " + report.failed() + " failed");
        String set = topics.isEmpty() ? "" : " --set kafka.topics=" + String.join(",", topics);
        print("Edit the condition in " + folder.resolve(name + "-record" + RouteFile.EXTENSION) + ", then:");
        print("  validate " + folder + " --test" + set);
        print("  run --routes " + folder + set);
        if (!topics.isEmpty()) {
            print("The embedded Kafka makes the topics as it starts; on a cluster of your own: topics create" + set);
        }
        return report.failed() == 0 ? Commands.GOOD : Commands.FOUND;
    }

    private void print(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(text);
        out.flush();
    }
}
