package routes;

import routes.cli.Commands;

/** The application's entry point. */
public final class RigStreams {
    private RigStreams() {}

    public static void main(String[] args) {
        System.exit(Commands.execute(args));
    }
}
