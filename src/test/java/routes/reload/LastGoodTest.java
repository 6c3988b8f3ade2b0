package routes.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.check.RouteText;

/** What is kept of the routes that ran. */
class LastGoodTest {
    @TempDir
    Path store;

    private final Path routes = Path.of("my-routes");
    private final RouteText a = new RouteText(routes.resolve("a.camel.yaml").toString(), "a: ä\r\n");
    private final RouteText b =
            new RouteText(routes.resolve("rigs/b.camel.yaml").toString(), "b");

    private LastGood lastGood() {
        return new LastGood(store, routes);
    }

    @Test
    void whatIsKeptComesBackUnderItsName() throws IOException {
        assertThat(lastGood().read()).isEmpty();

        lastGood().save(List.of(a, b));

        assertThat(lastGood().read()).containsExactly(a, b);
    }

    @Test
    void whatNoLongerRunsIsNotKept() throws IOException {
        lastGood().save(List.of(a, b));
        RouteText edited = new RouteText(a.name(), "a: 2");

        lastGood().save(List.of(edited));

        assertThat(lastGood().read()).containsExactly(edited);
        assertThat(lastGood().folder().resolve("rigs/b.camel.yaml")).doesNotExist();
    }

    @Test
    void aFileThatIsNotAsItWasWrittenDoesNotCount() throws IOException {
        lastGood().save(List.of(a, b));

        Files.writeString(lastGood().folder().resolve("a.camel.yaml"), "a: half");

        assertThat(lastGood().read()).containsExactly(b);
    }

    @Test
    void eachFolderOfRoutesHasItsOwn() throws IOException {
        lastGood().save(List.of(a));

        assertThat(new LastGood(store, Path.of("other/my-routes")).read()).isEmpty();
    }
}
