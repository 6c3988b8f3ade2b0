package routes.archive;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A container of Azure Blob, or of what speaks its protocol, with failures that are told in a sentence without secrets:
 * {@link java.nio.file.NoSuchFileException} for a blob that is not there, {@link ArchiveException} for a container that
 * is not there and for what is refused, any other {@link IOException} for what may pass.
 *
 * <p>The client is the one that camel-azure-storage-blob works with, and is used directly rather than through an endpoint
 * of that component: its upload keeps the whole file in memory so that it can be tried again, its listing knows no
 * folders, and the commands read archives without a Camel context.
 */
public final class BlobContainer {
    /** No blob has it as its tag, so a write on this condition is refused, if writing as such is not. */
    private static final String NO_TAG = "\"none\"";

    private final BlobContainerClient client;
    private final String place;
    private final BlobFailures failures;

    /** @param client should give up by itself in a time that its user can wait */
    public BlobContainer(BlobContainerClient client) {
        this.client = client;
        // What stands behind a question mark may be a signature.
        this.place = client.getBlobContainerUrl().split("\\?", 2)[0];
        this.failures = new BlobFailures(client.getBlobContainerName(), place);
    }

    /** Its address. */
    public String place() {
        return place;
    }

    /** Creates the container if there is none. */
    public void createIfMissing() throws IOException {
        try {
            client.createIfNotExists();
        } catch (RuntimeException e) {
            throw failures.translated("create", "the container", e);
        }
    }

    /**
     * Puts a blob in one request: it stands whole or not at all.
     *
     * @param content may be put more than once
     * @return false if a blob of that name stands already; it is left as it is
     */
    boolean createIfAbsent(String path, BinaryData content) throws IOException {
        try {
            upload(path, content, new BlobRequestConditions().setIfNoneMatch("*"));
            return true;
        } catch (BlobStorageException e) {
            if (BlobErrorCode.BLOB_ALREADY_EXISTS.equals(e.getErrorCode()) || e.getStatusCode() == 412) {
                return false;
            }
            throw failures.translated("create", path, e);
        } catch (RuntimeException e) {
            throw failures.translated("create", path, e);
        }
    }

    /** Puts a blob, in the place of one that has the name. */
    public void put(String path, byte[] content) throws IOException {
        try {
            upload(path, BinaryData.fromBytes(content), null);
        } catch (RuntimeException e) {
            throw failures.translated("write", path, e);
        }
    }

    private void upload(String path, BinaryData content, BlobRequestConditions conditions) {
        client.getBlobClient(path)
                .getBlockBlobClient()
                .uploadWithResponse(
                        new BlockBlobSimpleUploadOptions(content).setRequestConditions(conditions), null, Context.NONE);
    }

    /** Returns if blobs can be written now. */
    void probe() throws IOException {
        try {
            upload(".probe", BinaryData.fromBytes(new byte[0]), new BlobRequestConditions().setIfMatch(NO_TAG));
        } catch (BlobStorageException e) {
            if (e.getStatusCode() != 412 && !BlobErrorCode.BLOB_NOT_FOUND.equals(e.getErrorCode())) {
                throw failures.translated("create", ".probe", e);
            }
        } catch (RuntimeException e) {
            throw failures.translated("create", ".probe", e);
        }
    }

    /** A blob from its beginning; holds at most 4 MiB of it at a time. */
    public InputStream open(String path) throws IOException {
        return new BlobInput(client.getBlobClient(path), failures);
    }

    /** In bytes. */
    public long size(String path) throws IOException {
        try {
            return client.getBlobClient(path).getProperties().getBlobSize();
        } catch (RuntimeException e) {
            throw failures.translated("read", path, e);
        }
    }

    /** Deletes a blob, if there is one. */
    public void delete(String path) throws IOException {
        try {
            client.getBlobClient(path).deleteIfExists();
        } catch (RuntimeException e) {
            throw failures.translated("delete", path, e);
        }
    }

    /** What stands directly in a folder; folders end in {@code /}. Names are as the store has them: not to be trusted. */
    List<String> children(String folder) throws IOException {
        try {
            List<String> names = new ArrayList<>();
            client.listBlobsByHierarchy("/", new ListBlobsOptions().setPrefix(folder), null)
                    .forEach(item -> names.add(item.getName()));
            return names;
        } catch (RuntimeException e) {
            throw failures.translated("list", folder.isEmpty() ? "the container" : folder, e);
        }
    }

    /** All blobs below a folder. Names are not to be trusted. */
    public List<BlobItem> below(String folder) throws IOException {
        try {
            return client.listBlobs(new ListBlobsOptions().setPrefix(folder), null).stream()
                    .toList();
        } catch (RuntimeException e) {
            throw failures.translated("list", folder.isEmpty() ? "the container" : folder, e);
        }
    }
}
