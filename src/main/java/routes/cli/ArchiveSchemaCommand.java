package routes.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import routes.archive.CaptureReader;
import routes.cli.ArchiveOptions.Place;

/** Prints the schema of the archive's files. */
@Command(
        name = "schema",
        description = "Prints the Avro schema with which a file, or the archive's first, was written; it is JSON.")
final class ArchiveSchemaCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ArchiveOptions archive;

    @Override
    public Integer call() {
        Place place = archive.open();
        try (CaptureReader file = CaptureReader.open(place.store(), first(place))) {
            byte[] schema = file.schema().toString().getBytes(StandardCharsets.UTF_8);
            ValueText.lines(schema).forEach(spec.commandLine().getOut()::println);
            return Commands.GOOD;
        } catch (IOException e) {
            throw new CommandFailedException(ArchiveOptions.sentence(e), e);
        }
    }

    private static String first(Place place) throws IOException {
        try (Stream<String> files = place.files()) {
            return files.findFirst()
                    .orElseThrow(() ->
                            new CommandFailedException(place.store().description() + " holds no file of an archive"));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
