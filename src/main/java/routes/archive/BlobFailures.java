package routes.archive;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobStorageException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says what went wrong between us and a container, in one sentence. Only status, error code and the kind of failure are
 * taken from what the client throws: its own messages quote the service, which quotes parts of the request.
 */
final class BlobFailures {
    private static final int LONGEST_REASON = 300;
    private static final Map<String, String> KNOWN = Map.of(
            "ConnectException", "nothing listens there, or the way is blocked",
            "UnresolvedAddressException", "its name is unknown",
            "UnknownHostException", "its name is unknown",
            "TimeoutException", "no answer in time",
            "HttpTimeoutException", "no answer in time",
            "HttpConnectTimeoutException", "no connection in time");

    private final String container;
    private final String place;

    /**
     * @param container its name
     * @param place its address
     */
    BlobFailures(String container, String place) {
        this.container = container;
        this.place = place;
    }

    /**
     * @param deed what was to be done, as in {@code read}
     * @return {@link NoSuchFileException} if the blob is not there; {@link ArchiveException} if the container is not
     *     there or the service refuses; any other {@link IOException} if it may pass
     */
    IOException translated(String deed, String path, RuntimeException failure) {
        if (failure instanceof BlobStorageException answer) {
            return answered(deed, path, answer);
        }
        Optional<Throwable> login = causes(failure)
                .filter(ClientAuthenticationException.class::isInstance)
                .findFirst();
        Optional<String> noAnswer = causes(failure)
                .map(cause -> KNOWN.get(cause.getClass().getSimpleName()))
                .filter(Objects::nonNull)
                .findFirst();
        if (login.isPresent()) {
            return noAnswer.isPresent()
                    ? new IOException(
                            place + ": Entra ID does not answer, so that there is no token for it: " + noAnswer.get())
                    : noToken(login.get());
        }
        return new IOException(place + " does not answer (to " + deed + " " + path + "): "
                + noAnswer.orElseGet(() -> innermost(failure)));
    }

    private ArchiveException noToken(Throwable refused) {
        return new ArchiveException(place + ": no token of Entra ID could be had: " + firstLine(refused)
                + "; log in with `az login`, run it with a managed identity, or set AZURE_TENANT_ID, AZURE_CLIENT_ID and"
                + " AZURE_CLIENT_SECRET in the environment");
    }

    private IOException answered(String deed, String path, BlobStorageException answer) {
        int status = answer.getStatusCode();
        BlobErrorCode code = answer.getErrorCode();
        if (BlobErrorCode.CONTAINER_NOT_FOUND.equals(code)) {
            return new ArchiveException(place + ": there is no container '" + container
                    + "'; create it, or let it be created with archive.blob-create=true");
        }
        if (status == 404) {
            return new NoSuchFileException(path, null, "there is no such blob in " + place);
        }
        if (status == 401 || status == 403) {
            return new ArchiveException(
                    place + " refuses to " + deed + " " + path + " (" + said(status, code)
                            + "): check archive.blob-login and its secret, which may have expired; it needs to read, list and"
                            + " create blobs, as the role Storage Blob Data Contributor may, or a SAS with the permissions rwdl");
        }
        return new IOException(place + " does not " + deed + " " + path + ": " + said(status, code));
    }

    private static String said(int status, BlobErrorCode code) {
        return code == null ? "status " + status : "status " + status + ", " + code;
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }

    private static String innermost(Throwable failure) {
        Throwable cause = causes(failure).reduce((outer, inner) -> inner).orElse(failure);
        return cause.getClass().getSimpleName() + ", " + firstLine(cause);
    }

    private static String firstLine(Throwable cause) {
        String line = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "…";
    }
}
