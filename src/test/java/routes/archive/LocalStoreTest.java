package routes.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LocalStoreTest extends StoreContractTest {
    @Override
    ArchiveStore emptyStore() {
        return new LocalStore(folder.resolve("capture"));
    }

    @Override
    void remove(String path) throws IOException {
        Files.delete(folder.resolve("capture").resolve(path));
    }

    @Test
    void symbolicLinksAreNeitherListedNorFollowed() throws IOException {
        ArchiveStore store = emptyStore();
        Path content = Files.writeString(folder.resolve("content"), "one");
        store.createIfAbsent("ns/a.avro", content);
        Path secrets = Files.createDirectory(folder.resolve("secrets"));
        Files.writeString(secrets.resolve("key"), "secret");
        Files.createSymbolicLink(folder.resolve("capture/ns/link"), secrets);
        Files.createSymbolicLink(folder.resolve("capture/ns/key.avro"), secrets.resolve("key"));

        assertThat(store.list("")).containsExactly("ns/a.avro");
        assertThatThrownBy(() -> store.open("ns/key.avro"))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("symbolic link");
        assertThatThrownBy(() -> store.open("ns/link/key")).isInstanceOf(ArchiveException.class);
        assertThatThrownBy(() -> store.createIfAbsent("ns/link/new", content)).isInstanceOf(ArchiveException.class);
        assertThat(secrets.resolve("new")).doesNotExist();
    }

    @Test
    void aProbeLeavesNotEvenWhatIsNotListed() throws IOException {
        emptyStore().probe();

        assertThat(folder.resolve("capture")).isEmptyDirectory();
    }
}
