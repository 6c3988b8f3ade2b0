package routes.deadletter;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.OptionalLong;
import routes.archive.BlobContainer;

/** In a folder of a container of Azure Blob. */
public final class BlobLetterFiles implements LetterFiles {
    private final BlobContainer container;
    private final String folder;

    /** @param folder its path in the container, without {@code /} at the end */
    public BlobLetterFiles(BlobContainer container, String folder) {
        this.container = container;
        this.folder = folder;
    }

    @Override
    public void put(String path, byte[] content) throws IOException {
        container.put(blob(path), content);
    }

    @Override
    public OptionalLong size(String path) throws IOException {
        try {
            return OptionalLong.of(container.size(blob(path)));
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public byte[] read(String path) throws IOException {
        try (InputStream in = container.open(blob(path))) {
            return in.readAllBytes();
        }
    }

    @Override
    public void delete(String path) throws IOException {
        container.delete(blob(path));
    }

    @Override
    public List<Kept> list() throws IOException {
        return container.below(blob("")).stream()
                .map(blob -> new Kept(
                        blob.getName().substring(blob("").length()),
                        blob.getProperties().getContentLength(),
                        blob.getProperties().getLastModified().toInstant()))
                .toList();
    }

    private String blob(String path) {
        return folder + "/" + path;
    }

    @Override
    public String place(String path) {
        return container.place() + "/" + blob(path);
    }

    @Override
    public String description() {
        return place("");
    }

    @Override
    public String settings() {
        return "archive.store, archive.blob-container and archive.namespace";
    }
}
