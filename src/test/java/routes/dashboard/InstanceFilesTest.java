package routes.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.settings.ConfigurationException;

class InstanceFilesTest {
    @TempDir
    private Path data;

    @Test
    void anInstanceThatEndsLeavesWhatAnotherHasWritten() throws Exception {
        InstanceFiles first = InstanceFiles.write(data, "http://127.0.0.1:1", Optional.of(Token.of("first")));
        InstanceFiles second = InstanceFiles.write(data, "http://127.0.0.1:2", Optional.of(Token.of("second")));

        first.close();
        assertThat(InstanceFiles.url(data)).contains("http://127.0.0.1:2");
        assertThat(InstanceFiles.token(data)).contains("second");

        second.close();
        assertThat(InstanceFiles.url(data)).isEmpty();
        assertThat(InstanceFiles.token(data)).isEmpty();
        assertThat(data.resolve("api")).isEmptyDirectory();
    }

    @Test
    void theTokenOfARunThatWasKilledGoesWhenTheUserHasChosenOne() {
        InstanceFiles.write(data, "http://127.0.0.1:1", Optional.of(Token.of("left behind")));

        InstanceFiles.write(data, "http://127.0.0.1:2", Optional.empty());

        assertThat(InstanceFiles.token(data)).isEmpty();
        assertThat(InstanceFiles.url(data)).contains("http://127.0.0.1:2");
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws Exception {
        Path file = Files.createFile(data.resolve("file"));

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> InstanceFiles.write(file, "http://127.0.0.1:1", Optional.empty()))
                .withMessageContaining(file.resolve("api").toString());
    }
}
