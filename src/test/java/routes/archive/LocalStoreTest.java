package routes.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalStoreTest {
    @TempDir
    private Path folder;

    private LocalStore store;
    private Path content;

    @BeforeEach
    void aStoreAndAFileForIt() throws IOException {
        store = new LocalStore(folder.resolve("capture"));
        content = Files.writeString(folder.resolve("content"), "one");
    }

    @Test
    void aFileStandsOnceAndIsNeverOverwritten() throws IOException {
        assertThat(store.createIfAbsent("ns/t/0/a.avro", content)).isTrue();
        Path other = Files.writeString(folder.resolve("other"), "two");

        assertThat(store.createIfAbsent("ns/t/0/a.avro", other)).isFalse();

        assertThat(new String(store.open("ns/t/0/a.avro").readAllBytes())).isEqualTo("one");
        assertThat(store.size("ns/t/0/a.avro")).isEqualTo(3);
    }

    @Test
    void filesAreListedInOrderBelowAFolder() throws IOException {
        for (String path : new String[] {"ns/t/1/b.avro", "ns/t/1/a.avro", "ns/u/0/c.avro"}) {
            store.createIfAbsent(path, content);
        }

        assertThat(store.list("")).containsExactly("ns/t/1/a.avro", "ns/t/1/b.avro", "ns/u/0/c.avro");
        assertThat(store.list("ns/t/")).hasSize(2);
        assertThat(store.children("ns/")).containsExactly("ns/t/", "ns/u/");
        assertThat(store.children("nothing/")).isEmpty();
    }

    @Test
    void whatIsNotThereIsSaidSo() {
        assertThatThrownBy(() -> store.open("ns/t/0/a.avro")).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> CaptureReader.open(store, "ns/t/0/a.avro"))
                .isInstanceOf(ArchiveException.class)
                .hasMessageStartingWith("ns/t/0/a.avro: there is no such file in ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../content", "ns/../../content", "/etc/passwd", "ns//a", "ns/./a", "ns\\a", "C:a", ".."})
    void pathsThatLeadOutAreRefused(String path) {
        assertThatThrownBy(() -> store.open(path))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining(path);
        assertThatThrownBy(() -> store.createIfAbsent(path, content)).isInstanceOf(ArchiveException.class);
        assertThatThrownBy(() -> store.children(path)).isInstanceOf(ArchiveException.class);
    }

    @Test
    void symbolicLinksAreNeitherListedNorFollowed() throws IOException {
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
    void aProbeLeavesNothing() throws IOException {
        store.probe();

        assertThat(folder.resolve("capture")).isEmptyDirectory();
    }
}
