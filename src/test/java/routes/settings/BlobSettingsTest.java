package routes.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlobSettingsTest {
    private static final String KEY = "c2VjcmV0LXNlY3JldC1zZWNyZXQ=";
    private static final String SAS = "sv=2025&sp=rwdl&sig=c2VjcmV0";

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    entra             | archive.blob-account=rigs
                    entra             | archive.blob-endpoint=https://rigs.blob.core.chinacloudapi.cn
                    key               | archive.blob-account=rigs
                    key               | archive.blob-account=devstoreaccount1 archive.blob-endpoint=http://azurite:10000/devstoreaccount1
                    sas               | archive.blob-account=rigs
                    sas               | archive.blob-endpoint=http://127.0.0.1:10000/devstoreaccount1
                    connection-string |
                    """)
    void eachKindOfLoginNeedsItsOwnPartsOnly(String login, String more) {
        giveAllSecrets();

        assertThat(problems(login, more)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    entra             |                                             | archive.blob-account= (from default): expected a storage account
                    key               | archive.blob-endpoint=http://127.0.0.1:1/a  | archive.blob-account= (from default): expected a storage account
                    sas               | archive.blob-endpoint=http://example.com/   | archive.blob-endpoint (from --set): expected https://HOST
                    entra             | archive.blob-endpoint=http://127.0.0.1:1/a  | archive.blob-endpoint (from --set): expected https://HOST
                    entra             | archive.blob-endpoint=https://a.b/?sig=HIDE | archive.blob-endpoint (from --set): expected https://HOST
                    entra             | archive.blob-account=Rigs                   | archive.blob-account=Rigs (from --set): expected a storage account
                    entra             | archive.blob-account=rigs archive.blob-container=Capture | archive.blob-container=Capture (from --set): expected 3 to 63
                    entra             | archive.blob-account=rigs archive.namespace=dead-letters | archive.namespace=dead-letters (from --set): another one
                    """)
    void whatIsMissingOrUnusableIsNamed(String login, String more, String expected) {
        giveAllSecrets();

        assertThat(problems(login, more))
                .singleElement()
                .asString()
                .startsWith(expected)
                .doesNotContain("HIDE");
    }

    @ParameterizedTest
    @CsvSource({"key, ARCHIVE_BLOB_KEY", "connection-string, ARCHIVE_BLOB_CONNECTION_STRING", "sas, ARCHIVE_BLOB_SAS"})
    void aMissingSecretIsNamedWithItsVariable(String login, String variable) {
        assertThat(problems(login, "archive.blob-account=rigs"))
                .singleElement()
                .asString()
                .contains(" is missing; set " + variable + " in the environment, or " + variable + "_FILE to a file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    key               | ARCHIVE_BLOB_KEY               | not-base-64!
                    sas               | ARCHIVE_BLOB_SAS               | https://rigs.blob.core.windows.net/?sig=hidden
                    sas               | ARCHIVE_BLOB_SAS               | hidden
                    connection-string | ARCHIVE_BLOB_CONNECTION_STRING | AccountName=rigs;AccountKey=
                    connection-string | ARCHIVE_BLOB_CONNECTION_STRING | hidden
                    """)
    void aMalformedSecretIsRefusedWithoutShowingIt(String login, String variable, String secret) {
        environment.put(variable, secret);

        assertThat(problems(login, "archive.blob-account=rigs"))
                .singleElement()
                .asString()
                .startsWith("archive.blob-")
                .contains("(from the environment, " + variable + "): expected")
                .doesNotContain("hidden", "not-base-64", "AccountKey=;");
    }

    @Test
    void aSecretMayComeFromAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("key"), KEY + "\n");
        environment.put("ARCHIVE_BLOB_KEY_FILE", file.toString());

        Settings settings = load("key", "archive.blob-account=rigs");

        assertThat(settings.text("archive.blob-key")).isEqualTo(KEY);
        assertThat(settings.source("archive.blob-key")).isEqualTo("the environment, ARCHIVE_BLOB_KEY_FILE");
        assertThat(settings.secrets()).contains("archive.blob-key");
        assertThat(settings.warnings()).isEmpty();
    }

    @Test
    void aFileThatCannotBeReadIsNamed() {
        environment.put("ARCHIVE_BLOB_KEY_FILE", "/nowhere/key");

        assertThat(problems("key", "archive.blob-account=rigs"))
                .containsExactly("ARCHIVE_BLOB_KEY_FILE=/nowhere/key (from the environment):"
                        + " expected a readable text file");
    }

    @Test
    void aFileIsOfferedForSecretsOnly() {
        environment.put("RIGS_COUNT_FILE", "/nowhere/count");
        giveAllSecrets();

        assertThat(load("key", "archive.blob-account=rigs").isDefault("rigs.count"))
                .isTrue();
    }

    @Test
    void noSecretIsTakenFromTheCommandLine() {
        giveAllSecrets();

        assertThat(problems("key", "archive.blob-account=rigs archive.blob-key=" + KEY))
                .singleElement()
                .asString()
                .contains(
                        "a secret is never taken from the command line; set it in the environment as ARCHIVE_BLOB_KEY")
                .doesNotContain(KEY);
    }

    private void giveAllSecrets() {
        environment.put("ARCHIVE_BLOB_KEY", KEY);
        environment.put("ARCHIVE_BLOB_SAS", SAS);
        environment.put(
                "ARCHIVE_BLOB_CONNECTION_STRING",
                "DefaultEndpointsProtocol=https;AccountName=rigs;AccountKey=" + KEY
                        + ";EndpointSuffix=core.windows.net");
    }

    private List<String> problems(String login, String more) {
        ConfigurationException refused = catchThrowableOfType(ConfigurationException.class, () -> load(login, more));
        return refused == null ? List.of() : refused.problems();
    }

    private Settings load(String login, String more) {
        List<Given.Choice> chosen = new java.util.ArrayList<>();
        chosen.add(new Given.Choice("archive.store", "blob", "--set"));
        chosen.add(new Given.Choice("archive.blob-login", login, "--set"));
        for (String choice : more == null ? new String[0] : more.split(" ")) {
            String[] parts = choice.split("=", 2);
            chosen.add(new Given.Choice(parts[0], parts[1], "--set"));
        }
        return Settings.load(new Given("embedded", environment, List.of(), chosen));
    }
}
