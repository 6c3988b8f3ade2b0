package routes.deadletter;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.settings.PrivateFiles;

/** In a local folder. */
public final class LocalLetterFiles implements LetterFiles {
    private static final Logger LOG = LoggerFactory.getLogger(LocalLetterFiles.class);

    private final Path folder;
    private final boolean durable;

    /** @param durable whether a file is to outlive a loss of power as soon as it is put */
    public LocalLetterFiles(Path folder, boolean durable) {
        this.folder = folder;
        this.durable = durable;
    }

    @Override
    public void put(String path, byte[] content) throws IOException {
        Path file = folder.resolve(path);
        PrivateFiles.folders(file.getParent());
        Path unfinished = Files.createTempFile(file.getParent(), "unfinished-", ".part");
        try {
            write(unfinished, content);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            if (durable) {
                channel.force(true);
            }
        }
    }

    @Override
    public OptionalLong size(String path) throws IOException {
        Path file = folder.resolve(path);
        return Files.isRegularFile(file) ? OptionalLong.of(Files.size(file)) : OptionalLong.empty();
    }

    @Override
    public byte[] read(String path) throws IOException {
        return Files.readAllBytes(folder.resolve(path));
    }

    @Override
    public void delete(String path) throws IOException {
        Files.deleteIfExists(folder.resolve(path));
    }

    @Override
    public List<Kept> list() throws IOException {
        List<Kept> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                try {
                    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                    found.add(new Kept(
                            path(file),
                            attributes.size(),
                            attributes.lastModifiedTime().toInstant()));
                } catch (NoSuchFileException gone) {
                    LOG.debug("{} was removed meanwhile", file);
                }
            }
        }
        return found;
    }

    private String path(Path file) {
        return StreamSupport.stream(folder.relativize(file).spliterator(), false)
                .map(Path::toString)
                .collect(Collectors.joining("/"));
    }

    @Override
    public String place(String path) {
        return folder.resolve(path).toString();
    }

    @Override
    public String description() {
        return folder.toAbsolutePath().normalize().toString();
    }

    @Override
    public String settings() {
        return "data.dir";
    }
}
