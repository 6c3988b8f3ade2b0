package routes.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import routes.application.EditedRoutes;

/**
 * A seeded mix of what people do to a folder of routes: good edits, edits that are wrong in ten ways, renamed, deleted and
 * restored files. None of the good ones changes which record goes where, so that the same audit holds throughout.
 */
final class Saves {
    private static final String ERRORS = "errors.camel.yaml";
    private static final List<String> PAIR = List.of("rigs/flag-telemetry.camel.yaml", "rigs/flag-message.camel.yaml");
    private static final String DESCRIPTION = "    description: ";

    /** Each by its name. */
    private static final Map<String, UnaryOperator<String>> WRONG = wrong();

    private final EditedRoutes routes;
    private final Random random;
    /** What should run, by path. */
    private final Map<String, String> good;

    private final List<String> named;
    private int count;
    private int wrongs;
    private String broken;
    private boolean pairIsAway;

    /** What has to come of a save. */
    enum Due {
        SWAPPED,
        REJECTED,
        /** A file that was wrong is as it runs. */
        NOTHING
    }

    /** @param what for the figures */
    record Save(String what, Due due) {}

    Saves(EditedRoutes routes, long seed) {
        this.routes = routes;
        this.random = new Random(seed);
        this.good = new TreeMap<>(routes.builtIn());
        this.named = new ArrayList<>(good.keySet());
        named.remove(ERRORS);
    }

    private static Map<String, UnaryOperator<String>> wrong() {
        Map<String, UnaryOperator<String>> wrong = new TreeMap<>();
        wrong.put("no YAML", text -> text.replaceFirst("from:", "from: ["));
        wrong.put("an unknown key", text -> text.replaceFirst("steps:", "stepps:"));
        wrong.put("an unknown entry", text -> text.replaceFirst("- route:", "- rout:"));
        wrong.put("a forbidden component", text -> text.replaceFirst("uri: (direct|kafka|timer):", "uri: seda:"));
        wrong.put("an unknown configuration", text -> text.replaceFirst("ConfigurationId: ", "ConfigurationId: no-"));
        wrong.put("an unknown setting", text -> text.replaceFirst(DESCRIPTION, DESCRIPTION + "{{my.nothing}} "));
        wrong.put("a secret", text -> text.replaceFirst(DESCRIPTION, DESCRIPTION + "{{env:HOME}} "));
        wrong.put("an id of another", text -> text.replaceFirst("    id: \\S+", "    id: checkpoint-fleet"));
        wrong.put("nothing", text -> "");
        wrong.put("no UTF-8", text -> text.replaceFirst(DESCRIPTION, DESCRIPTION + "\u00e9 "));
        return wrong;
    }

    static int waysOfBeingWrong() {
        return WRONG.size();
    }

    /** Makes the next one; after a wrong one {@link #mend()} has to come. */
    Save next() throws IOException {
        count++;
        int kind = random.nextInt(10);
        if (count % 3 == 0) {
            return breakOne();
        } else if (pairIsAway) {
            return restorePair();
        } else if (kind < 8) {
            return edit();
        }
        return kind == 8 ? rename() : deletePair();
    }

    private Save edit() throws IOException {
        boolean errors = random.nextInt(20) == 0;
        String file = errors ? ERRORS : any();
        good.put(file, good.get(file).replaceFirst("description: (\\d+ )?", "description: " + count + " "));
        if (random.nextBoolean()) {
            routes.write(file, good.get(file));
        } else {
            routes.writeByRename(file, good.get(file));
        }
        return new Save("edited", Due.SWAPPED);
    }

    private Save breakOne() throws IOException {
        String file = any();
        List<String> ways = List.copyOf(WRONG.keySet());
        // One after the other, so that each has its turn.
        String way = ways.get(wrongs++ % ways.size());
        String text = WRONG.get(way).apply(good.get(file));
        if (text.equals(good.get(file)) || file.contains("checkpoint-fleet") && way.contains("id of another")) {
            throw new IllegalStateException(file + " was not made wrong by " + way);
        }
        broken = file;
        Files.write(routes.path(file), text.getBytes(way.equals("no UTF-8") ? ISO_8859_1 : UTF_8));
        return new Save("wrong: " + way, Due.REJECTED);
    }

    /** What was wrong is as it was. */
    Save mend() throws IOException {
        routes.write(broken, good.get(broken));
        return new Save("mended", Due.NOTHING);
    }

    /** Not of the route whose dead letters the audit has to know by its id. */
    private Save rename() throws IOException {
        String file = any();
        while (file.endsWith("/route-telemetry.camel.yaml")) {
            file = any();
        }
        String id = file.replaceFirst(".*/", "").replace(".camel.yaml", "");
        String renamed = id.replaceFirst("-v\\d+$", "") + "-v" + count;
        String to = file.replace(id, renamed);
        good.put(to, good.remove(file).replaceFirst("    id: \\S+", "    id: " + renamed));
        named.set(named.indexOf(file), to);
        routes.delete(file);
        routes.writeByRename(to, good.get(to));
        return new Save("renamed", Due.SWAPPED);
    }

    private Save deletePair() throws IOException {
        pairIsAway = true;
        for (String file : pair()) {
            routes.delete(file);
        }
        return new Save("deleted", Due.SWAPPED);
    }

    /** Puts back what is deleted, so that all records come to be routed. */
    boolean isWhole() {
        return !pairIsAway;
    }

    Save restorePair() throws IOException {
        pairIsAway = false;
        Map<String, String> back = new TreeMap<>();
        pair().forEach(file -> back.put(file, good.get(file)));
        routes.writeByRename(back);
        return new Save("restored", Due.SWAPPED);
    }

    private List<String> pair() {
        return named.stream()
                .filter(name -> PAIR.stream().anyMatch(one -> name.startsWith(one.replace(".camel.yaml", ""))))
                .toList();
    }

    private String any() {
        String file = named.get(random.nextInt(named.size()));
        return file.contains("checkpoint-fleet") || pairIsAway && pair().contains(file) ? any() : file;
    }
}
