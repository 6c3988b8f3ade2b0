package routes.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store promises. */
abstract class StoreContractTest {
    @TempDir
    Path folder;

    private ArchiveStore store;
    private Path content;

    /** A store without files. */
    abstract ArchiveStore emptyStore();

    /** Removes a file behind the store's back. */
    abstract void remove(String path) throws IOException;

    @BeforeEach
    void aStoreAndAFileForIt() throws IOException {
        store = emptyStore();
        content = Files.writeString(folder.resolve("content"), "one");
    }

    @Test
    void aFileStandsOnceAndIsNeverOverwritten() throws IOException {
        assertThat(store.createIfAbsent("ns/t/0/a.avro", content)).isTrue();
        Path other = Files.writeString(folder.resolve("other"), "two");

        assertThat(store.createIfAbsent("ns/t/0/a.avro", other)).isFalse();

        assertThat(new String(store.open("ns/t/0/a.avro").readAllBytes(), UTF_8))
                .isEqualTo("one");
        assertThat(store.size("ns/t/0/a.avro")).isEqualTo(3);
    }

    @Test
    void filesAreListedInOrderBelowAFolder() throws IOException {
        for (String path : new String[] {"ns/t/1/b.avro", "ns/t/1/a.avro", "ns/u/0/c.avro", "ns/tt/0/d.avro"}) {
            store.createIfAbsent(path, content);
        }

        assertThat(store.list("")).containsExactly("ns/t/1/a.avro", "ns/t/1/b.avro", "ns/tt/0/d.avro", "ns/u/0/c.avro");
        assertThat(store.list("ns/t/")).containsExactly("ns/t/1/a.avro", "ns/t/1/b.avro");
        assertThat(store.children("ns/")).containsExactly("ns/t/", "ns/tt/", "ns/u/");
        assertThat(store.children("ns/t/1/")).containsExactly("ns/t/1/a.avro", "ns/t/1/b.avro");
        assertThat(store.children("nothing/")).isEmpty();
    }

    @Test
    void moreFilesThanOneAnswerHolds() throws IOException {
        for (int i = 0; i < 30; i++) {
            store.createIfAbsent("ns/t/%02d.avro".formatted(29 - i), content);
        }

        assertThat(store.children("ns/t/")).hasSize(30).isSorted();
    }

    @Test
    void aLargeFileComesBackAsItWasPut() throws IOException {
        byte[] bytes = new byte[9_000_001];
        new Random(1).nextBytes(bytes);
        Files.write(content, bytes);
        store.createIfAbsent("ns/large.avro", content);

        try (InputStream in = store.open("ns/large.avro")) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void anEmptyFileIsAFile() throws IOException {
        Files.write(content, new byte[0]);
        store.createIfAbsent("ns/empty.avro", content);

        assertThat(store.open("ns/empty.avro").read()).isEqualTo(-1);
        assertThat(store.size("ns/empty.avro")).isZero();
        assertThat(store.list("")).containsExactly("ns/empty.avro");
    }

    @Test
    void whatIsNotThereIsSaidSo() {
        assertThatThrownBy(() -> store.open("ns/t/0/a.avro")).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> store.size("ns/t/0/a.avro")).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> CaptureReader.open(store, "ns/t/0/a.avro"))
                .isInstanceOf(ArchiveException.class)
                .hasMessageStartingWith("ns/t/0/a.avro: there is no such file in " + store.description());
    }

    @Test
    void aFileThatWasRemovedMeanwhileIsSaidSo() throws IOException {
        store.createIfAbsent("ns/t/0/a.avro", content);
        String listed = store.list("").toList().get(0);
        remove(listed);

        assertThatThrownBy(() -> CaptureReader.describe(store, listed))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("there is no such file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../content", "ns/../../content", "/etc/passwd", "ns//a", "ns/./a", "ns\\a", "C:a", ".."})
    void pathsThatLeadOutAreRefused(String path) {
        assertThatThrownBy(() -> store.open(path))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining(path);
        assertThatThrownBy(() -> store.size(path)).isInstanceOf(ArchiveException.class);
        assertThatThrownBy(() -> store.createIfAbsent(path, content)).isInstanceOf(ArchiveException.class);
        assertThatThrownBy(() -> store.children(path)).isInstanceOf(ArchiveException.class);
    }

    @Test
    void aProbeLeavesNothing() throws IOException {
        store.probe();

        assertThat(store.list("")).isEmpty();
    }
}
