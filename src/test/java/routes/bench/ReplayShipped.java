package routes.bench;

import java.nio.file.Path;
import routes.cli.Commands;

/** The command {@code replay} as shipped, from an archive. */
final class ReplayShipped extends InThread {
    private final String bootstrapServers;
    private final Path archive;
    private int runs;

    ReplayShipped(String bootstrapServers, Path archive) {
        this.bootstrapServers = bootstrapServers;
        this.archive = archive;
    }

    @Override
    void work() {
        // Each round is a replay of its own, which sends everything.
        int code = Commands.execute(
                "replay",
                Rule.IN,
                "--archive",
                archive.toString(),
                "--into",
                ArchiveBench.REPLAYED,
                "--as",
                "round-" + ++runs,
                "--profile",
                "kafka",
                "--set",
                "kafka.bootstrap=" + bootstrapServers);
        if (code != 0) {
            throw new IllegalStateException("replay ended with " + code);
        }
    }
}
