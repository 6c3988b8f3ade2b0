package routes.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import routes.application.Stores;
import routes.archive.ArchiveException;
import routes.archive.ArchiveIndex;
import routes.archive.ArchiveStore;
import routes.archive.LocalStore;
import routes.archive.StorePath;
import routes.settings.Settings;

/** The options that say which archive, or which file of it, is meant. */
final class ArchiveOptions {
    @Parameters(
            paramLabel = "PATH",
            arity = "0..1",
            description = {
                "A local folder or file, or else a folder or file of the archive of the settings, as `archive list`",
                "names them. Default: all of the archive of the settings."
            })
    private String path;

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

        /** @param topic where all files are meant, only those of this one are looked at */
        ArchiveIndex index(Optional<String> topic) throws ArchiveException {
            return paths.isEmpty() ? ArchiveIndex.of(store, topic) : ArchiveIndex.of(store, paths);
        }
    }

    /** @throws CommandFailedException if there is no such file or folder */
    Place open() {
        return named(path == null ? "" : path, settings::load);
    }

    /**
     * The archive that an option names.
     *
     * @param named empty for the one of the settings
     * @throws CommandFailedException if there is no such file or folder
     */
    static Place named(String named, Supplier<Settings> settings) {
        if (named.isEmpty()) {
            return new Place(configured(settings.get()), List.of());
        }
        Path local = Path.of(named).toAbsolutePath().normalize();
        if (Files.isDirectory(local)) {
            Path container = local.resolve(Stores.LOCAL_CONTAINER);
            return new Place(reading(new LocalStore(Files.isDirectory(container) ? container : local)), List.of());
        }
        if (Files.isRegularFile(local)) {
            return new Place(
                    new LocalStore(local.getParent()),
                    List.of(local.getFileName().toString()));
        }
        String folder = named.endsWith("/") ? named.substring(0, named.length() - 1) : named;
        if (!StorePath.isPath(folder)) {
            throw new CommandFailedException(named + ": there is no such file or folder");
        }
        return inArchive(folder, configured(settings.get()));
    }

    private static Place inArchive(String named, ArchiveStore store) {
        try {
            List<String> files = store.list(named + "/").toList();
            if (files.isEmpty()) {
                store.size(named);
            }
            return new Place(store, files.isEmpty() ? List.of(named) : files);
        } catch (NoSuchFileException e) {
            throw new CommandFailedException(
                    named + ": there is no such file or folder, neither here nor in " + store.description());
        } catch (UncheckedIOException e) {
            throw new CommandFailedException(sentence(e.getCause()), e);
        } catch (IOException e) {
            throw new CommandFailedException(sentence(e), e);
        }
    }

    /** The store of the settings. */
    static ArchiveStore configured(Settings settings) {
        return reading(new Stores(settings).archive());
    }

    /** Nothing is removed from it until the command ends. */
    private static ArchiveStore reading(ArchiveStore store) {
        try {
            store.beginReading();
            return store;
        } catch (IOException e) {
            throw new CommandFailedException(sentence(e), e);
        }
    }

    /** What a store says went wrong, in one sentence. */
    static String sentence(IOException problem) {
        return problem.getMessage() == null ? problem.toString() : problem.getMessage();
    }
}
