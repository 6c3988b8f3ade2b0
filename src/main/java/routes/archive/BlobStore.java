package routes.archive;

import com.azure.core.util.BinaryData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A container of Azure Blob as the archive's container. A file is put there as one block blob on the condition that none
 * of its name exists ({@code If-None-Match: *}), which the service checks.
 */
public final class BlobStore implements ArchiveStore {
    /** The folders of the container in which other things than the archive stand. */
    private final Set<String> notOurs;

    private final BlobContainer container;

    /** @param notOurs names of folders of the container that are none of the archive's */
    public BlobStore(BlobContainer container, String... notOurs) {
        this.container = container;
        this.notOurs = Set.of(notOurs);
    }

    @Override
    public List<String> children(String folder) throws IOException {
        StorePath.require(folder);
        return container.children(folder).stream()
                .filter(path -> isOurs(folder, path))
                .sorted()
                .toList();
    }

    private boolean isOurs(String folder, String path) {
        if (!path.startsWith(folder)) {
            return false;
        }
        String rest = path.substring(folder.length());
        String name = rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest;
        return StorePath.isName(name) && !(folder.isEmpty() && notOurs.contains(name));
    }

    @Override
    public InputStream open(String path) throws IOException {
        return container.open(StorePath.require(path));
    }

    @Override
    public long size(String path) throws IOException {
        return container.size(StorePath.require(path));
    }

    @Override
    public boolean createIfAbsent(String path, Path content) throws IOException {
        return container.createIfAbsent(StorePath.require(path), BinaryData.fromFile(content));
    }

    @Override
    public void probe() throws IOException {
        container.probe();
    }

    @Override
    public String description() {
        return container.place();
    }
}
