package routes.application;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.sas.BlobContainerSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.archive.ArchiveStore;
import routes.archive.Azurite;
import routes.archive.AzuriteExtension;
import routes.settings.Given;
import routes.settings.Settings;

/** The store of the settings, with each kind of login that the emulator knows. */
@ExtendWith(AzuriteExtension.class)
class StoresIT {
    @TempDir
    private Path folder;

    private final BlobContainerClient container;
    private final Azurite azurite;

    StoresIT(Azurite azurite) {
        this.azurite = azurite;
        this.container = azurite.newContainer();
    }

    @ParameterizedTest
    @CsvSource({"key, ARCHIVE_BLOB_KEY", "connection-string, ARCHIVE_BLOB_CONNECTION_STRING", "sas, ARCHIVE_BLOB_SAS"})
    void eachLoginMayWriteListAndRead(String login, String variable) throws IOException {
        Map<String, String> settings = new HashMap<>(azurite.settings(container.getBlobContainerName()));
        settings.put("archive.blob-login", login);
        Path content = Files.writeString(folder.resolve("content"), "one");

        ArchiveStore store = new Stores(load(settings, Map.of(variable, secret(login))))
                .checked()
                .archive();

        assertThat(store.createIfAbsent("ns/a.avro", content)).isTrue();
        assertThat(store.createIfAbsent("ns/a.avro", content)).isFalse();
        assertThat(store.list("")).containsExactly("ns/a.avro");
        assertThat(new String(store.open("ns/a.avro").readAllBytes())).isEqualTo("one");
        assertThat(store.description()).isEqualTo(container.getBlobContainerUrl());
    }

    private String secret(String login) {
        return switch (login) {
            case "key" -> Azurite.KEY;
            case "sas" ->
                container.generateSas(new BlobServiceSasSignatureValues(
                        OffsetDateTime.now().plusMinutes(5),
                        new BlobContainerSasPermission()
                                .setReadPermission(true)
                                .setWritePermission(true)
                                .setDeletePermission(true)
                                .setListPermission(true)));
            default -> azurite.connectionString();
        };
    }

    private static Settings load(Map<String, String> settings, Map<String, String> environment) {
        List<Given.Choice> choices = settings.entrySet().stream()
                .map(entry -> new Given.Choice(entry.getKey(), entry.getValue(), "--set"))
                .toList();
        return Settings.load(new Given("embedded", environment, List.of(), choices));
    }
}
