package routes.reload;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import routes.check.BuiltInRoutes;
import routes.check.RouteText;

/**
 * The first line of an exported file of routes: which version of this program it came from. Routes that were exported by
 * another version may lack what this one's have.
 */
public final class ExportStamp {
    private static final Pattern STAMP = Pattern.compile("# rig-streams (\\S+)\\R?");

    private final String version;
    private final Map<String, String> builtIn;

    /**
     * @param version of this program
     * @param builtIn its routes: path below their folder to text
     */
    ExportStamp(String version, Map<String, String> builtIn) {
        this.version = version;
        this.builtIn = builtIn;
    }

    /** @param builtIn what this program carries of the flows that run */
    public static ExportStamp of(BuiltInRoutes builtIn) {
        return new ExportStamp(version(), builtIn.byPath());
    }

    /** The version of this program, {@code development} when it does not run from its jar. */
    public static String version() {
        return Optional.ofNullable(ExportStamp.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    /** A file with the stamp of this version. */
    public static String stamped(String text) {
        return "# rig-streams " + version() + "\n" + text;
    }

    /** What to say of files that another version exported: which they are, and how they differ from the built-in ones. */
    public Optional<String> warning(Collection<RouteText> files) {
        TreeSet<String> others = new TreeSet<>();
        SortedMap<String, String> bodies = new TreeMap<>();
        for (RouteText file : files) {
            Matcher stamp = STAMP.matcher(file.text());
            boolean stamped = stamp.lookingAt();
            if (stamped && !stamp.group(1).equals(version)) {
                others.add(stamp.group(1));
            }
            bodies.put(file.name().replace('\\', '/'), stamped ? file.text().substring(stamp.end()) : file.text());
        }
        return others.isEmpty() ? Optional.empty() : Optional.of(sentence(others, bodies));
    }

    private String sentence(TreeSet<String> others, SortedMap<String, String> bodies) {
        TreeSet<String> missing = new TreeSet<>();
        TreeSet<String> differing = new TreeSet<>();
        builtIn.forEach((path, text) -> {
            List<String> same = bodies.keySet().stream()
                    .filter(name -> name.endsWith("/" + path) || name.equals(path))
                    .toList();
            if (same.isEmpty()) {
                missing.add(path);
            } else if (same.stream().noneMatch(name -> bodies.get(name).equals(text))) {
                differing.add(path);
            }
        });
        return "the routes were exported by rig-streams " + String.join(", ", others) + ", this is " + version
                + ": differing from the built-in ones, by your edits or by the version: " + listed(differing)
                + "; not among yours: " + listed(missing) + "; 'routes export' into another folder shows the new ones";
    }

    private static String listed(TreeSet<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }
}
