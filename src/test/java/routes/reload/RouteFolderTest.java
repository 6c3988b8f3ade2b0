package routes.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
}
