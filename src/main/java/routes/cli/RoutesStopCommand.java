package routes.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Stops a route of a running instance. */
@Command(
        name = "stop",
        description = {
            "Stops a route of a running instance, once what it has begun is finished and committed.",
            "What comes meanwhile waits in its topic; the other routes go on. The next run of the instance starts it again."
        })
final class RoutesStopCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private RouteChange change;

    @Override
    public Integer call() {
        return change.make("stop", spec.commandLine().getOut());
    }
}
