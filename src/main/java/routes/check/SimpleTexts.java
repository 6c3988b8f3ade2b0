package routes.check;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What the conditions and texts of all files say, by their place: read once, asked by all that is checked of them. */
final class SimpleTexts {
    private final Map<YamlNode, Said> said = new IdentityHashMap<>();

    /** One condition or text. */
    private record Said(RouteFile file, Simple simple) {}

    void add(RouteFile file, YamlNode text, Simple simple) {
        said.put(text, new Said(file, simple));
    }

    /** The functions of the text at a node; none if it is no text, or a wrong one. */
    Stream<Simple.Function> functions(YamlNode text) {
        return said.containsKey(text) ? said.get(text).simple().functions() : Stream.empty();
    }

    /** Finds channels that nothing has, and conditions that Camel reads otherwise than a person does. */
    void check(Surroundings surroundings, Problems problems) {
        said.forEach((text, what) -> {
            what.simple()
                    .functions()
                    .filter(function -> function.name().equals("channel"))
                    .filter(function -> !surroundings.channels().contains(function.argument()))
                    .forEach(function -> unknown(what.file(), text, function, surroundings, problems));
            if (what.simple() instanceof Simple.Joined joined && isMixed(joined)) {
                problems.warning(
                        what.file().name(),
                        text.value(),
                        "Camel goes from left to right: a || b && c means (a || b) && c; expected '&&' before '||', or two"
                                + " conditions one in the other");
            }
        });
    }

    private static boolean isMixed(Simple.Joined joined) {
        return joined.left() instanceof Simple.Joined left && (joined.both() && !left.both() || isMixed(left));
    }

    private static void unknown(
            RouteFile file, YamlNode text, Simple.Function function, Surroundings surroundings, Problems problems) {
        Position begin = file.find(text, function.written());
        int inside = begin.equals(text.value()) ? 0 : function.written().indexOf(function.argument());
        problems.error(
                file.name(),
                new Position(begin.line(), begin.column() + inside),
                "no channel is named '" + function.argument()
                        + "'; expected one of the channel catalogue, as the condition would be false for ever"
                        + Problems.nearest(function.argument(), surroundings.channels()));
    }
}
