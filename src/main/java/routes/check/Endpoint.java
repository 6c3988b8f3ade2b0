package routes.check;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where a step, or the beginning of a route, reads or sends: {@code kafka} and {@code rig.flagged}.
 *
 * @param uri the value that names it
 * @param parameters its options below {@code parameters}
 */
public record Endpoint(String scheme, String path, YamlNode uri, YamlNode parameters) {
    /** @param body of {@code from} or of a step, in the long form or as a plain URI */
    public static Endpoint of(YamlNode body) {
        YamlNode uri = body.isTextual() ? body : body.path("uri");
        YamlNode parameters = body.path("parameters");
        int query = uri.asText().indexOf('?');
        String plain = query < 0 ? uri.asText() : uri.asText().substring(0, query);
        int colon = plain.indexOf(':');
        String scheme = colon < 0 ? plain : plain.substring(0, colon);
        String path = colon < 0 ? "" : plain.substring(colon + 1);
        String named =
                parameters.path(Vocabulary.NAMING.getOrDefault(scheme, "")).asText();
        return new Endpoint(
                scheme, path.isEmpty() ? named : path.startsWith("//") ? path.substring(2) : path, uri, parameters);
    }

    /** Whether an option is true. */
    boolean isOn(String option) {
        Option found = options().get(option);
        return found != null && found.text().equalsIgnoreCase("true");
    }

    public boolean isKafka() {
        return scheme.equals("kafka");
    }

    public boolean isDirect() {
        return scheme.equals("direct");
    }

    /** Whether it can only be known when the settings are. */
    public boolean isNamedBySetting() {
        return path.contains("{{");
    }

    /** All its options with the value that gives each: those of the URI, then those below {@code parameters}. */
    Map<String, Option> options() {
        Map<String, Option> options = new LinkedHashMap<>();
        query().forEach(pair ->
                options.put(pair[0], new Option(pair.length == 2 ? pair[1] : "", uri.value(), uri.value())));
        parameters
                .fields()
                .forEach((name, value) -> options.put(
                        name,
                        new Option(
                                value.isScalar() ? value.asText() : value.json().toString(),
                                value.key(),
                                value.value())));
        return options;
    }

    /** The options that stand twice behind the {@code ?}: of those only one is looked at. */
    List<String> repeated() {
        Set<String> seen = new HashSet<>();
        return query().map(pair -> pair[0]).filter(name -> !seen.add(name)).toList();
    }

    private Stream<String[]> query() {
        int begin = uri.asText().indexOf('?');
        return begin < 0
                ? Stream.empty()
                : Arrays.stream(uri.asText().substring(begin + 1).split("&")).map(pair -> pair.split("=", 2));
    }

    /**
     * An option as it is written.
     *
     * @param name where its name stands
     * @param value where its value stands
     */
    record Option(String text, Position name, Position value) {}
}
