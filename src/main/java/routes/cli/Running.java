package routes.cli;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import routes.application.Snapshot;

/** What {@link RunSession} needs of a running application. */
interface Running {
    /** What it serves and where its data lies: name to address or folder. */
    Map<String, String> endpoints();

    Snapshot snapshot();

    /** Has {@code owner} told, with the reason, when it can work no longer. */
    void onFailure(Consumer<String> owner);

    void stopGenerating() throws Exception;

    /** @return false if the routes have not read everything within {@code patience} */
    boolean awaitCaughtUp(Duration patience) throws Exception;
}
