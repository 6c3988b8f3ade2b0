package routes.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Starts a route of a running instance. */
@Command(name = "start", description = "Starts a route of a running instance; it goes on where it was stopped.")
final class RoutesStartCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private RouteChange change;

    @Override
    public Integer call() {
        return change.make("start", spec.commandLine().getOut());
    }
}
