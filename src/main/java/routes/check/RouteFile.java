package routes.check;

import java.util.List;
import java.util.stream.Collectors;

/** A file of YAML routes, as text and as what it says. */
public final class RouteFile {
    /** How the names of files of routes end. */
    public static final String EXTENSION = ".camel.yaml";

    private static final int LONGEST_TEXT = 30;

    private final String name;
    private final String text;
    private final List<String> lines;
    private final YamlNode content;

    RouteFile(String name, String text, YamlNode content) {
        this.name = name;
        this.text = text;
        this.lines = text.lines().toList();
        this.content = content;
    }

    /** Its path, as messages name it. */
    public String name() {
        return name;
    }

    /** As it was read. */
    public String text() {
        return text;
    }

    /** What it says: with the values of settings, once it has been checked. */
    public YamlNode content() {
        return content;
    }

    /** What Camel gets: what was checked, and nothing that Camel would have to put in or decode. */
    public RouteText forCamel() {
        return new RouteText(name, content.json().toString(), "", true, text);
    }

    /** Without lines that are comments. */
    public String withoutComments() {
        return text.lines().filter(line -> !isComment(line)).collect(Collectors.joining("\n"));
    }

    static boolean isComment(String line) {
        return line.strip().startsWith("#");
    }

    /** The routes in it, one by the conventions. */
    public List<YamlNode> routes() {
        return entries("route");
    }

    /** The ids of the routes in it. */
    public List<String> routeIds() {
        return routes().stream().map(route -> route.path("id").asText()).toList();
    }

    public List<YamlNode> configurations() {
        return entries("routeConfiguration");
    }

    /** Where a part of a plain text stands; where the text begins if it is not written as it reads. */
    Position find(YamlNode node, String part) {
        int from = node.value().column() - 1;
        for (int i = node.value().line() - 1;
                i < Math.min(lines.size(), node.value().line() + LONGEST_TEXT);
                i++) {
            int at = lines.get(i).indexOf(part, from);
            if (at >= 0) {
                return new Position(i + 1, at + 1);
            }
            from = 0;
        }
        return node.value();
    }

    private List<YamlNode> entries(String kind) {
        return content.elements().stream()
                .filter(entry -> entry.has(kind))
                .map(entry -> entry.path(kind))
                .toList();
    }

    /** How messages name a route: by its id, or as the one without. */
    public static String named(YamlNode route) {
        String id = route.path("id").asText();
        return id.isEmpty() ? "a route without id" : "route " + id;
    }
}
