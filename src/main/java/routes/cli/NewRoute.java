package routes.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import routes.cases.RouteCases;
import routes.check.BuiltInRoutes;
import routes.check.RouteFile;
import routes.reload.ExportStamp;

/** The files of a route of a user's own, made from those in {@code new-route}. */
record NewRoute(String name, String from, String to) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
    private static final int LONGEST_NAME = 80;

    /** @throws CommandFailedException with a sentence, if these cannot be a route */
    NewRoute {
        if (!NAME.matcher(name).matches() || name.length() > LONGEST_NAME) {
            throw new CommandFailedException(
                    "the name '" + name + "' is not one of a route; expected small letters, digits"
                            + " and '-', at most " + LONGEST_NAME + ", as in big-orders");
        }
        if (foundation().containsKey(name + RouteFile.EXTENSION)) {
            throw new CommandFailedException(
                    "the name '" + name + "' is that of a file which every folder of routes needs;"
                            + " expected a name of its own, as in big-orders");
        }
        requireTopic("--from", from);
        requireTopic("--to", to);
        if (from.equals(to)) {
            throw new CommandFailedException("--from and --to are both " + from
                    + ": the route would read what it sends, for ever; expected two topics");
        }
    }

    private static void requireTopic(String option, String topic) {
        if (!TOPIC.matcher(topic).matches() || topic.matches("\\.{1,2}")) {
            throw new CommandFailedException(option + " '" + topic
                    + "' is no topic; expected the name of one: letters, digits, '.', '_' and '-', at most 249");
        }
    }

    /**
     * By their names.
     *
     * @param reader {@code json} or {@code telemetry}
     */
    Map<String, String> files(String reader) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(name + RouteFile.EXTENSION, made("batch.yaml"));
        files.put(name + "-record" + RouteFile.EXTENSION, made(reader + ".yaml"));
        files.put(name + "-record" + RouteCases.EXTENSION, made(reader + RouteCases.EXTENSION));
        return files;
    }

    private String made(String template) {
        try (InputStream in = NewRoute.class.getResourceAsStream("/new-route/" + template)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@NAME@", name)
                    .replace("@FROM@", from)
                    .replace("@TO@", to);
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own file " + template + " cannot be read", e);
        }
    }

    /** What every folder of routes needs: how failures are treated, and where dead letters go. */
    static Map<String, String> foundation() {
        Map<String, String> files = BuiltInRoutes.ofThisProgram().byPath();
        files.keySet().removeIf(file -> file.contains("/"));
        files.replaceAll((file, text) -> ExportStamp.stamped(text));
        return files;
    }
}
