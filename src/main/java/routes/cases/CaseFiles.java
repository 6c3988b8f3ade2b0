package routes.cases;

import java.nio.file.Path;
import java.util.List;
import routes.check.RouteText;
import routes.reload.RouteFolder;

/** The files of cases beside files of routes. */
public final class CaseFiles {
    private CaseFiles() {}

    /**
     * All files named {@code *.test.yaml} below a folder, by their path; links are followed, hidden files are left out.
     *
     * @throws ConfigurationException if one cannot be read
     */
    public static List<RouteText> in(Path folder) {
        return RouteFolder.read(folder, RouteCases.EXTENSION);
    }
}
