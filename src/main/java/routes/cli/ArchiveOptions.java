package routes.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import routes.archive.ArchiveStore;
import routes.archive.LocalStore;
import routes.settings.Settings;

/** The options that say which archive, or which file of it, is meant. */
final class ArchiveOptions {
    /** Where below archive.dir the files are; what the tap has not finished stands beside it. */
    private static final String CONTAINER = "capture";

    @Parameters(
            paramLabel = "PATH",
            arity = "0..1",
            description = "The archive's folder, or one file. Default: where the settings keep the archive.")
    private Path path;

    @Mixin
    private SettingsOptions settings;

    /**
     * Files in a store.
     *
     * @param paths what is meant of them; empty for all
     */
    record Place(ArchiveStore store, List<String> paths) {
        /** To be closed. */
        Stream<String> files() {
            return paths.isEmpty() ? store.list("") : paths.stream();
        }
    }

    /** @throws CommandFailedException if there is no such file or folder */
    Place open() {
        return path == null ? new Place(configured(settings.load()), List.of()) : at(path);
    }

    private static Place at(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        if (Files.isDirectory(absolute)) {
            Path container = absolute.resolve(CONTAINER);
            return new Place(new LocalStore(Files.isDirectory(container) ? container : absolute), List.of());
        }
        if (!Files.isRegularFile(absolute)) {
            throw new CommandFailedException(path + ": there is no such file or folder");
        }
        return new Place(
                new LocalStore(absolute.getParent()),
                List.of(absolute.getFileName().toString()));
    }

    /**
     * The archive that an option names.
     *
     * @param named empty for the one of the settings
     */
    static Place named(String named, Settings settings) {
        return named.isEmpty() ? new Place(configured(settings), List.of()) : at(Path.of(named));
    }

    /** The store of the settings. */
    static ArchiveStore configured(Settings settings) {
        return new LocalStore(settings.path("archive.dir").resolve(CONTAINER));
    }

    /** What a store says went wrong, in one sentence. */
    static String sentence(IOException problem) {
        return problem.getMessage() == null ? problem.toString() : problem.getMessage();
    }
}
