package routes.archive;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.models.BlobDownloadContentResponse;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.DownloadRetryOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/**
 * A blob from its beginning, in parts, each a request: a small one first, since often only a file's header is wanted,
 * then larger ones. Holds one part. All are of the same state of the blob.
 */
final class BlobInput extends InputStream {
    private static final int FIRST_PART = 64 * 1024;
    private static final int LARGEST_PART = 4 * 1024 * 1024;
    private static final DownloadRetryOptions TRIES = new DownloadRetryOptions().setMaxRetryRequests(1);

    private final BlobClient blob;
    private final BlobFailures failures;
    private final BlobRequestConditions sameState = new BlobRequestConditions();
    private int partLength = FIRST_PART;
    private byte[] part;
    private int at;
    private long fetched;
    private long size;

    /** @throws NoSuchFileException if there is no such blob; otherwise as {@link BlobFailures#translated} */
    BlobInput(BlobClient blob, BlobFailures failures) throws IOException {
        this.blob = blob;
        this.failures = failures;
        this.part = fetch();
    }

    private byte[] fetch() throws IOException {
        try {
            BlobDownloadContentResponse answer = blob.downloadContentWithResponse(
                    TRIES, sameState, new BlobRange(fetched, (long) partLength), false, null, Context.NONE);
            sameState.setIfMatch(answer.getDeserializedHeaders().getETag());
            String range = answer.getDeserializedHeaders().getContentRange();
            BinaryData content = answer.getValue();
            byte[] bytes = content.toBytes();
            size = range == null ? bytes.length : Long.parseLong(range.substring(range.lastIndexOf('/') + 1));
            fetched += bytes.length;
            return bytes;
        } catch (BlobStorageException e) {
            return emptyOrThrow(e);
        } catch (RuntimeException e) {
            throw failures.translated("read", blob.getBlobName(), e);
        }
    }

    private byte[] emptyOrThrow(BlobStorageException e) throws IOException {
        // No byte can be asked of a blob that has none.
        if (e.getStatusCode() == 416 && fetched == 0) {
            return new byte[0];
        }
        IOException failure = failures.translated("read", blob.getBlobName(), e);
        if (fetched > 0 && (failure instanceof NoSuchFileException || e.getStatusCode() == 412)) {
            throw new ArchiveException(
                    blob.getBlobName() + ": the blob was removed or replaced while it was read, after byte " + fetched);
        }
        throw failure;
    }

    private boolean hasMore() throws IOException {
        while (at == part.length && fetched < size) {
            partLength = Math.min(LARGEST_PART, partLength * 4);
            part = fetch();
            at = 0;
        }
        return at < part.length;
    }

    @Override
    public int read() throws IOException {
        return hasMore() ? part[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        if (!hasMore()) {
            return -1;
        }
        int count = Math.min(length, part.length - at);
        System.arraycopy(part, at, bytes, from, count);
        at += count;
        return count;
    }
}
