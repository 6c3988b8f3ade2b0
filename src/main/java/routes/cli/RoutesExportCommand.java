package routes.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import routes.cases.RouteCases;
import routes.check.BuiltInRoutes;
import routes.flow.Flows;
import routes.reload.ExportStamp;

/** Writes the built-in routes into a folder, where they can be edited and run with {@code run --routes DIR}. */
@Command(
        name = "export",
        description = {
            "Writes the built-in YAML routes, and the cases that test them, into a folder.",
            "Edit them there and run them with `run --routes DIR`."
        })
final class RoutesExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The folder; made if it does not exist.")
    private Path folder;

    @Option(names = "--force", description = "Overwrites files that are there already.")
    private boolean force;

    @Mixin
    private SettingsOptions settings;

    @Override
    public Integer call() throws IOException {
        Map<Path, String> files = new TreeMap<>();
        BuiltInRoutes builtIn = Flows.routes(settings.load());
        builtIn.read().forEach((name, text) -> files.put(folder.resolve(name), text));
        builtIn.files(RouteCases.EXTENSION).forEach((name, text) -> files.put(folder.resolve(name), text));
        List<Path> inTheWay = files.keySet().stream().filter(Files::exists).toList();
        if (!force && !inTheWay.isEmpty()) {
            inTheWay.forEach(file -> spec.commandLine()
                    .getErr()
                    .println(file + " exists; nothing was written," + " use --force to overwrite it"));
            return Commands.FOUND;
        }
        write(files);
        return Commands.GOOD;
    }

    private void write(Map<Path, String> files) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        for (Map.Entry<Path, String> file : files.entrySet()) {
            Files.createDirectories(file.getKey().getParent());
            Files.writeString(file.getKey(), ExportStamp.stamped(file.getValue()));
            out.println(file.getKey());
        }
    }
}
