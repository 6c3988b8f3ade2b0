package routes.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads YAML with the parser that Camel uses, and keeps the place of everything. */
public final class YamlReader {
    private static final int DEEPEST = 64;
    private static final int MOST_VALUES = 20_000;
    /** A text behind an alias is there each time that the alias is. */
    private static final int MOST_CHARACTERS = 2 * RouteText.LARGEST;

    /** To make a number of its digits takes the square of their count. */
    private static final int LONGEST_NUMBER = 1_000;

    private static final char UNDECODABLE = '\uFFFD';

    private final RouteText file;
    private final String expected;
    private final Problems problems;
    private int values;
    private int characters;

    private YamlReader(RouteText file, String expected, Problems problems) {
        this.file = file;
        this.expected = expected;
        this.problems = problems;
    }

    /** Empty if the file cannot be read, which has been reported. */
    static Optional<RouteFile> read(RouteText file, Problems problems) {
        return read(file, "a list with one '- route:'", problems);
    }

    /**
     * As above, for a file of something else.
     *
     * @param expected what a file should have that has nothing
     */
    public static Optional<RouteFile> read(RouteText file, String expected, Problems problems) {
        return new YamlReader(file, expected, problems).read();
    }

    private Optional<RouteFile> read() {
        if (!file.refused().isEmpty()) {
            problems.error(file.name(), Position.START, file.refused());
            return Optional.empty();
        }
        int undecodable = file.text().indexOf(UNDECODABLE);
        if (undecodable >= 0) {
            problems.error(file.name(), place(undecodable), "this is not UTF-8 text; expected a file saved as UTF-8");
            return Optional.empty();
        }
        if (file.text().length() > RouteText.LARGEST) {
            problems.error(
                    file.name(),
                    Position.START,
                    "the file has " + file.text().length() + " characters; expected at most " + RouteText.LARGEST);
            return Optional.empty();
        }
        try {
            Optional<Node> root = new Compose(LoadSettings.builder().build()).composeString(file.text());
            if (root.isEmpty()) {
                problems.error(file.name(), Position.START, "the file is empty; expected " + expected);
                return Optional.empty();
            }
            return Optional.of(new RouteFile(file.name(), file.text(), node(root.get(), position(root.get()), 0)));
        } catch (MarkedYamlEngineException e) {
            String context = e.getContext() == null ? "" : " " + e.getContext();
            problems.error(
                    file.name(),
                    e.getProblemMark().map(YamlReader::position).orElse(Position.START),
                    "this is not YAML: " + e.getProblem() + context
                            + "; expected well-formed YAML, indented by spaces");
        } catch (ReaderException e) {
            problems.error(
                    file.name(),
                    place(file.text()
                            .offsetByCodePoints(
                                    0,
                                    Math.min(
                                            e.getPosition(),
                                            file.text()
                                                    .codePointCount(
                                                            0, file.text().length())))),
                    String.format(
                            "the character U+%04X is not allowed here; expected text without control characters",
                            e.getCodePoint()));
        } catch (TooMuchException e) {
            problems.error(file.name(), e.at, e.getMessage());
        } catch (StackOverflowError e) {
            // The parser goes down into each level; the check of the depth comes after it.
            problems.error(file.name(), Position.START, TooMuchException.WHAT);
        } catch (YamlEngineException e) {
            problems.error(file.name(), Position.START, "this is not YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    private Position place(int index) {
        String before = file.text().substring(0, index);
        return new Position((int) before.chars().filter(c -> c == '\n').count() + 1, index - before.lastIndexOf('\n'));
    }

    private YamlNode node(Node node, Position key, int depth) {
        if (depth > DEEPEST || ++values > MOST_VALUES) {
            throw new TooMuchException(position(node));
        }
        if (node instanceof ScalarNode text) {
            count(text);
        }
        if (node instanceof MappingNode mapping) {
            return new YamlNode(
                    key, position(node), MissingNode.getInstance(), fields(mapping, depth), List.of(), false);
        }
        if (node instanceof SequenceNode sequence) {
            List<YamlNode> elements = new ArrayList<>();
            sequence.getValue().forEach(element -> elements.add(node(element, position(element), depth + 1)));
            return new YamlNode(key, position(node), MissingNode.getInstance(), Map.of(), elements, true);
        }
        return new YamlNode(key, position(node), scalar((ScalarNode) node), Map.of(), List.of(), false);
    }

    private void count(ScalarNode text) {
        characters += text.getValue().length();
        if (characters > MOST_CHARACTERS) {
            throw new TooMuchException(position(text));
        }
    }

    private Map<String, YamlNode> fields(MappingNode mapping, int depth) {
        Map<String, YamlNode> fields = new LinkedHashMap<>();
        for (NodeTuple field : mapping.getValue()) {
            Position at = position(field.getKeyNode());
            if (!(field.getKeyNode() instanceof ScalarNode name)) {
                problems.error(file.name(), at, "a list or mapping is used as a key; expected a name");
                continue;
            }
            count(name);
            if (fields.put(name.getValue(), node(field.getValueNode(), at, depth + 1)) != null) {
                problems.error(
                        file.name(),
                        at,
                        "'" + name.getValue() + "' stands here twice; expected once, the last would win");
            }
        }
        return fields;
    }

    private static JsonNode scalar(ScalarNode node) {
        String text = node.getValue();
        Tag tag = node.getTag();
        if (text.length() > LONGEST_NUMBER) {
            return new TextNode(text);
        }
        try {
            if (tag.equals(Tag.INT)) {
                return BigIntegerNode.valueOf(new BigInteger(text));
            }
            if (tag.equals(Tag.FLOAT)) {
                return DecimalNode.valueOf(new BigDecimal(text));
            }
        } catch (NumberFormatException e) {
            return new TextNode(text); // .inf, .nan
        }
        if (tag.equals(Tag.BOOL)) {
            return BooleanNode.valueOf(Boolean.parseBoolean(text));
        }
        return tag.equals(Tag.NULL) ? NullNode.getInstance() : new TextNode(text);
    }

    private static Position position(Node node) {
        return node.getStartMark().map(YamlReader::position).orElse(Position.START);
    }

    private static Position position(Mark mark) {
        return new Position(mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static final class TooMuchException extends RuntimeException {
        static final String WHAT = "the file goes on beyond what is read; expected at most " + DEEPEST + " levels and "
                + MOST_VALUES + " values with " + MOST_CHARACTERS
                + " characters, those behind aliases counted each time";

        private static final long serialVersionUID = 1L;
        private final transient Position at;

        TooMuchException(Position at) {
            super(WHAT);
            this.at = at;
        }
    }
}
