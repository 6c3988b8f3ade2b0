package routes.application;

import com.azure.core.credential.AzureSasCredential;
import com.azure.core.util.HttpClientOptions;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import java.time.Duration;
import routes.settings.ConfigurationException;
import routes.settings.Settings;

/**
 * The account of Azure Blob that the settings name. Its client is made here and not by camel-azure-storage-blob, which
 * knows neither another address than Azure's own, nor connection strings, nor limits of time; the component is given it.
 */
final class BlobAccount {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final int TRIES = 2;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private BlobAccount() {}

    /** Nothing is sent. Each request is tried twice at most, each time for {@code archive.blob-timeout} at most. */
    static BlobServiceClient client(Settings settings) {
        Duration timeout = settings.duration("archive.blob-timeout");
        BlobServiceClientBuilder builder = new BlobServiceClientBuilder()
                .clientOptions(new HttpClientOptions()
                        .setConnectTimeout(CONNECT_TIMEOUT)
                        .setWriteTimeout(timeout)
                        .setResponseTimeout(timeout)
                        .setReadTimeout(timeout))
                .retryOptions(new RequestRetryOptions(
                        RetryPolicyType.EXPONENTIAL, TRIES, timeout, FIRST_WAIT, LONGEST_WAIT, null));
        try {
            return loggedIn(settings, builder).buildClient();
        } catch (IllegalArgumentException e) {
            // Its message may quote what it was given.
            throw new ConfigurationException("Azure Blob cannot be reached with archive.blob-login="
                    + settings.text("archive.blob-login")
                    + ": the address or the secret that goes with it is not of the form that Azure gives it");
        }
    }

    private static BlobServiceClientBuilder loggedIn(Settings settings, BlobServiceClientBuilder builder) {
        return switch (settings.text("archive.blob-login")) {
            case "key" ->
                builder.endpoint(endpoint(settings))
                        .credential(new StorageSharedKeyCredential(
                                settings.text("archive.blob-account"), settings.text("archive.blob-key")));
            case "connection-string" -> builder.connectionString(settings.text("archive.blob-connection-string"));
            case "sas" ->
                builder.endpoint(endpoint(settings))
                        .credential(new AzureSasCredential(settings.text("archive.blob-sas")));
            default -> builder.endpoint(endpoint(settings)).credential(new DefaultAzureCredentialBuilder().build());
        };
    }

    private static String endpoint(Settings settings) {
        String given = settings.text("archive.blob-endpoint");
        return given.isEmpty() ? "https://" + settings.text("archive.blob-account") + ".blob.core.windows.net" : given;
    }
}
