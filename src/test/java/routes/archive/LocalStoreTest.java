package routes.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import routes.settings.PrivateFiles;

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

    @Test
    void aFileWhoseFolderCouldNotBeWrittenToTheDiskDoesNotStandBeforeItIs() throws IOException {
        Set<Path> onDisk = new HashSet<>();
        AtomicInteger failures = new AtomicInteger(3);
        Path root = folder.resolve("capture");
        ArchiveStore store = new LocalStore(root, written -> {
            if (written.startsWith(root) && failures.getAndDecrement() > 0) {
                throw new IOException("the disk failed");
            }
            onDisk.add(written);
        });
        Path content = Files.writeString(folder.resolve("other"), "one");
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> store.createIfAbsent("ns/t/a.avro", content))
                    .hasMessage("the disk failed");
        }

        store.createIfAbsent("ns/t/a.avro", content);

        assertThat(onDisk).contains(root, root.resolve("ns"), root.resolve("ns/t"));
    }

    @Test
    void onlyTheOwnerMayReadIt() throws IOException {
        ArchiveStore store = emptyStore();
        Path file = folder.resolve("private");
        PrivateFiles.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)
                .close();

        store.createIfAbsent("ns/a.avro", file);

        Path root = folder.resolve("capture");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("ns"))))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("ns/a.avro"))))
                .isEqualTo("rw-------");
    }
}
