package routes.cases;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import routes.cases.ExpectedRecord.Difference;
import routes.cases.ExpectedRecord.Expectation;
import routes.check.Problems;
import routes.check.RouteText;
import routes.check.YamlNode;

/** Reads keys, values and headers of records: those that are given, and what is said of those that come out. */
final class CaseValues {
    /** The ways to write a value; a record has at most one of them. */
    private static final List<String> WAYS = List.of("json", "text", "base64", "file");

    private static final String NOTHING = "none";

    private final String file;
    private final CaseFields fields;
    private final Problems problems;

    CaseValues(String file, CaseFields fields, Problems problems) {
        this.file = file;
        this.fields = fields;
        this.problems = problems;
    }

    /** The names of the ways to write a value, and these. */
    static Set<String> and(String... names) {
        Set<String> all = new TreeSet<>(WAYS);
        all.addAll(Arrays.asList(names));
        return all;
    }

    static byte[] utf8(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    /** The value as it is written; empty if there is none. */
    Optional<byte[]> bytes(YamlNode record) {
        once(record, WAYS);
        if (record.has("json")) {
            return Optional.of(JsonDifference.bytes(record.path("json").json()));
        }
        Optional<byte[]> text = fields.text(record, "text").map(CaseValues::utf8);
        Optional<byte[]> base64 = fields.text(record, "base64").flatMap(code -> decoded(record, code));
        return text.or(() -> base64)
                .or(() -> fields.text(record, "file").flatMap(name -> content(record.path("file"), name)));
    }

    private void once(YamlNode record, List<String> ways) {
        List<String> used = ways.stream().filter(record::has).toList();
        if (used.size() > 1) {
            problems.error(
                    file,
                    record.path(used.get(1)).key(),
                    "the value is written twice, as " + String.join(" and ", used) + "; expected one of "
                            + String.join(", ", ways));
        }
    }

    private Optional<byte[]> decoded(YamlNode record, String code) {
        try {
            return Optional.of(Base64.getDecoder().decode(code.replaceAll("\\s", "")));
        } catch (IllegalArgumentException e) {
            problems.error(file, record.path("base64").value(), "this is not Base64: " + e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<byte[]> content(YamlNode at, String name) {
        try {
            Path wanted = Path.of(file).resolveSibling(name);
            boolean small = Files.size(wanted) <= RouteText.LARGEST && Files.isRegularFile(wanted);
            // Who may edit routes and cases may not have other files read, and shown as what came out.
            Path folder = Path.of(file).toAbsolutePath().getParent().toRealPath();
            if (!small || !wanted.toRealPath().startsWith(folder)) {
                throw new IOException(
                        "it lies elsewhere, is no plain file, or has more than " + RouteText.LARGEST + " bytes");
            }
            return Optional.of(Files.readAllBytes(wanted));
        } catch (IOException | IllegalArgumentException e) {
            problems.error(
                    file,
                    at.value(),
                    "the file cannot be read (" + e + "); expected its path from the folder of this file");
            return Optional.empty();
        }
    }

    /** What is said of a record that must come out. */
    Optional<ExpectedRecord> expected(YamlNode record, int inputs) {
        if (!fields.mapping(
                record, "a record with what is said of it", and("unchanged", "json-with", "key", "headers"))) {
            return Optional.empty();
        }
        List<Expectation> said = new ArrayList<>();
        if (record.has("key")) {
            byte[] key = utf8(fields.text(record, "key").orElse(null));
            said.add((sent, input) -> same("key", key, sent.key()));
        }
        value(record, inputs).ifPresent(said::add);
        fields.texts(record, "headers")
                .forEach((name, value) -> said.add((sent, input) ->
                        same("header " + name, utf8(value), sent.headers().get(name))));
        if (record.fields().isEmpty()) {
            problems.error(
                    file,
                    record.value(),
                    "nothing is said of this record; expected unchanged, json, json-with, text, base64, file, key or"
                            + " headers");
        }
        return Optional.of(new ExpectedRecord(record.value(), said));
    }

    private Optional<Expectation> value(YamlNode record, int inputs) {
        once(record, List.of("unchanged", "json", "json-with", "text", "base64", "file"));
        if (record.has("unchanged")) {
            return unchanged(record.path("unchanged"), inputs);
        }
        if (record.has("json") || record.has("json-with")) {
            boolean part = !record.has("json");
            JsonNode json = record.path(part ? "json-with" : "json").json();
            return Optional.of((sent, input) -> JsonDifference.of(json, sent.value(), part));
        }
        boolean none = record.has("text") && record.path("text").scalar().isNull();
        Optional<byte[]> bytes = bytes(record);
        return none || bytes.isPresent()
                ? Optional.of((sent, input) -> same("value", bytes.orElse(null), sent.value()))
                : Optional.empty();
    }

    /** Key and value are, byte for byte, those of a record of the input. */
    private Optional<Expectation> unchanged(YamlNode number, int inputs) {
        int index = number.asText().matches("\\d{1,6}") ? Integer.parseInt(number.asText()) : 0;
        if (index < 1 || index > inputs) {
            problems.error(
                    file,
                    number.value(),
                    "there is no record " + number.asText() + " in the input; expected a whole number from 1 to "
                            + inputs);
            return Optional.empty();
        }
        Function<List<InputRecord>, InputRecord> original = input -> input.get(index - 1);
        return Optional.of((sent, input) -> {
            List<Difference> differences =
                    new ArrayList<>(same("key", original.apply(input).key(), sent.key()));
            differences.addAll(same("value", original.apply(input).value(), sent.value()));
            return differences;
        });
    }

    private static List<Difference> same(String what, byte[] expected, byte[] found) {
        return Arrays.equals(expected, found)
                ? List.of()
                : List.of(new Difference(what, shown(expected, found), shown(found, expected)));
    }

    /** Long texts from shortly before the place where they part. */
    private static String shown(byte[] bytes, byte[] other) {
        int parts = bytes == null || other == null ? -1 : Arrays.mismatch(bytes, other);
        if (parts < 60 || SentRecord.text(bytes).isEmpty()) {
            return bytes == null ? NOTHING : SentRecord.shown(bytes);
        }
        return "… " + SentRecord.shown(Arrays.copyOfRange(bytes, Math.min(bytes.length, parts - 30), bytes.length))
                + " (differs from byte " + parts + ")";
    }
}
