package routes.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.check.Position;
import routes.check.Problems;
import routes.check.RouteFile;
import routes.check.RouteText;

/** What a look at a folder of routes sees. */
class RouteFolderTest {
    @TempDir
    Path folder;

    private RouteFolder routes() {
        return new RouteFolder(folder, RouteFile.EXTENSION, Clock.systemUTC());
    }

    private static List<String> names(List<RouteText> texts) {
        return texts.stream()
                .map(text -> Path.of(text.name()).getFileName().toString())
                .toList();
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    @Test
    void onlyVisibleFilesOfRoutesCount() throws IOException {
        write("b.camel.yaml", "b");
        write("deep/er/a.camel.yaml", "a");
        write("notes.yaml", "");
        write("b.camel.yaml~", "");
        write("._b.camel.yaml", "");
        write(".git/c.camel.yaml", "");
        Files.createSymbolicLink(folder.resolve(".#b.camel.yaml"), Path.of("me@nowhere:1"));

        assertThat(names(routes().look())).containsExactly("b.camel.yaml", "a.camel.yaml");
    }

    @Test
    void linksAreFollowedAndThoseToNowhereOrInACircleAreNone(@TempDir Path elsewhere) throws IOException {
        Files.writeString(elsewhere.resolve("linked.camel.yaml"), "text");
        Files.createSymbolicLink(folder.resolve("there"), elsewhere);
        Files.createSymbolicLink(folder.resolve("file.camel.yaml"), elsewhere.resolve("linked.camel.yaml"));
        Files.createSymbolicLink(folder.resolve("dangling.camel.yaml"), elsewhere.resolve("nothing"));
        Files.createSymbolicLink(folder.resolve("circle"), folder);

        assertThat(names(routes().look())).containsExactly("file.camel.yaml", "linked.camel.yaml");
    }

    @Test
    void anEditIsSeenAlsoIfNeitherSizeNorTimeTellOfIt() throws IOException {
        RouteFolder routes = routes();
        write("a.camel.yaml", "one");
        FileTime time = Files.getLastModifiedTime(folder.resolve("a.camel.yaml"));
        assertThat(routes.look()).extracting(RouteText::text).containsExactly("one");

        write("a.camel.yaml", "two");
        Files.setLastModifiedTime(folder.resolve("a.camel.yaml"), time);

        assertThat(routes.look()).extracting(RouteText::text).containsExactly("two");
    }

    @Test
    void whatHasNotChangedForLongIsNotReadAgain() throws IOException {
        RouteFolder routes = routes();
        write("a.camel.yaml", "one");
        FileTime old = FileTime.from(Instant.now().minusSeconds(60));
        Files.setLastModifiedTime(folder.resolve("a.camel.yaml"), old);

        RouteText first = routes.look().get(0);

        assertThat(routes.look().get(0)).isSameAs(first);
    }

    @Test
    void aFolderThatIsNotThereHasNoFiles() throws IOException {
        assertThat(new RouteFolder(folder.resolve("none"), RouteFile.EXTENSION, Clock.systemUTC()).look())
                .isEmpty();
    }

    @Test
    void whatIsTooLargeIsRefusedByItsSizeAndNotRead() throws IOException {
        write("a.camel.yaml", "one");
        try (RandomAccessFile sparse =
                new RandomAccessFile(folder.resolve("b.camel.yaml").toFile(), "rw")) {
            sparse.setLength(1_500_000_000L);
        }
        write("c.camel.yaml", "two");

        List<RouteText> texts = routes().look();

        assertThat(texts).extracting(RouteText::text).containsExactly("one", "", "two");
        assertThat(texts.get(1).refused()).contains("1500000000 bytes; expected at most 1000000");
    }

    @Test
    void manyFilesAreReadUpToASizeTogether() throws IOException {
        for (int i = 10; i < 40; i++) {
            write("f" + i + ".camel.yaml", "#".repeat(900_000));
        }

        List<RouteText> texts = routes().look();

        assertThat(texts).hasSize(30);
        assertThat(texts.stream().filter(text -> text.refused().isEmpty())).hasSize(22);
        assertThat(texts.get(29).refused()).contains("more than 20000000 bytes together");
    }

    @Test
    void whatCannotBeReadIsRefusedAndHoldsUpNoOther() throws IOException {
        Path unreadable = Path.of("/proc/self/mem");
        assumeTrue(Files.exists(unreadable), "a file whose first byte cannot be read, even by root");
        write("a.camel.yaml", "one");
        Files.createSymbolicLink(folder.resolve("b.camel.yaml"), unreadable);
        write("c.camel.yaml", "two");

        List<RouteText> texts = routes().look();

        assertThat(texts).extracting(RouteText::text).containsExactly("one", "", "two");
        assertThat(texts.get(1).refused()).startsWith("the file cannot be read (");
    }

    @Test
    void whatSaysThatItIsEmptyCountsWithWhatItHas() throws IOException {
        Path full = Path.of("/proc/self/smaps");
        assumeTrue(Files.exists(full), "a file that says that it has no bytes");
        int size = Files.readString(full).length();
        assertThat(Files.size(full)).isZero();
        for (int i = 0; i < 22_000_000 / size + 5; i++) {
            Files.createSymbolicLink(folder.resolve("f" + i + ".camel.yaml"), full);
        }

        List<RouteText> texts = routes().look();

        assertThat(texts.stream().mapToLong(text -> text.text().length()).sum()).isLessThan(21_500_000);
        assertThat(texts).anyMatch(text -> text.refused().contains("more than 20000000 bytes together"));
    }

    @Test
    void aLinkToAWholeDiskIsNotGoneThrough(@TempDir Path elsewhere) throws IOException {
        for (int i = 0; i < 10_001; i++) {
            Files.createDirectory(elsewhere.resolve("d" + i));
        }
        Files.createSymbolicLink(folder.resolve("disk"), elsewhere);

        assertThatThrownBy(() -> routes().look())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("more than 10000 files and folders");
    }

    @Test
    void whatALinkOutOfTheFolderLeadsToIsNotToBeShown(@TempDir Path elsewhere) throws IOException {
        Files.writeString(elsewhere.resolve("secret"), "- secret: [");
        write("..data/in.camel.yaml", "- inside: [");
        Files.createSymbolicLink(folder.resolve("in.camel.yaml"), Path.of("..data/in.camel.yaml"));
        Files.createSymbolicLink(folder.resolve("out.camel.yaml"), elsewhere.resolve("secret"));

        List<RouteText> texts = routes().look();

        assertThat(texts).extracting(RouteText::quotable).containsExactly(true, false);
        Problems problems = new Problems(texts);
        problems.error(texts.get(1).name(), new Position(1, 3), "'secret' is not known here");
        assertThat(problems.all()).singleElement().asString().doesNotContain("secret'", "- secret");
    }
}
