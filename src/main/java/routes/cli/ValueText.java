package routes.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Shows any bytes to people: JSON indented, other text as it is, the rest as a hex dump. */
final class ValueText {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String TAB = "    ";
    private static final String CONTROLS_OF_TEXT = "\n\r\t";

    private ValueText() {}

    /** @param value may be null */
    static List<String> lines(byte[] value) {
        if (value == null) {
            return List.of("(null)");
        }
        Optional<String> text = text(value);
        if (text.isEmpty()) {
            return HexDump.lines(value);
        }
        return indented(text.get())
                .orElse(text.get())
                .lines()
                .map(line -> RecordLine.printable(line.replace("\t", TAB)))
                .toList();
    }

    /** The bytes as text; empty if they are none: not UTF-8, or with control characters other than those of text. */
    static Optional<String> text(byte[] value) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
            boolean printable =
                    text.chars().allMatch(c -> !Character.isISOControl(c) || CONTROLS_OF_TEXT.indexOf(c) >= 0);
            return printable ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }

    /**
     * Token by token, so that what is shown is what is there: a name that occurs twice, a number beyond any type. Empty
     * if the text is not one JSON value.
     */
    private static Optional<String> indented(String text) {
        return copied(text, true);
    }

    /** The same in one line, without blanks between the tokens. */
    static Optional<String> compact(String text) {
        return copied(text, false);
    }

    private static Optional<String> copied(String text, boolean indents) {
        StringWriter copied = new StringWriter();
        int values = 0;
        try (JsonParser parser = JSON.createParser(text);
                JsonGenerator generator = JSON.createGenerator(copied)) {
            if (indents) {
                generator.useDefaultPrettyPrinter();
            }
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isNumeric()) {
                    generator.writeNumber(parser.getText());
                } else {
                    generator.copyCurrentEvent(parser);
                }
                boolean ended = token.isScalarValue() || token.isStructEnd();
                values += ended && parser.getParsingContext().inRoot() ? 1 : 0;
            }
        } catch (IOException notJson) {
            return Optional.empty();
        }
        return values == 1 ? Optional.of(copied.toString()) : Optional.empty();
    }
}
