package routes.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import routes.deadletter.Letter;
import routes.deadletter.Letter.Stored;
import routes.deadletter.OriginalHeaders;
import routes.deadletter.RedriveLedger.Entry;
import routes.deadletter.StoredValues;

/**
 * All that there is to say of one dead letter.
 *
 * @param redriven what the ledger says of it
 */
record LetterText(Letter letter, Optional<Entry> redriven, StoredValues store) {
    private static final String INDENT = "  ";

    List<String> lines() {
        List<String> lines = new ArrayList<>(Table.lines(facts()));
        lines.add("headers");
        Optional<List<Header>> originals = originalHeaders();
        Stream.of(letter.headers().toArray())
                .filter(header -> originals.isEmpty() || !header.key().equals(OriginalHeaders.HEADER))
                .sorted(Comparator.comparing(Header::key))
                .forEach(header -> addHeader(lines, header));
        originals.ifPresent(headers -> {
            lines.add("original headers, in their order" + (headers.isEmpty() ? ": none" : ""));
            headers.forEach(header -> addHeader(lines, header));
        });
        boolean stored = letter.stored().stream().anyMatch(each -> each.part() == Letter.Part.VALUE);
        lines.add("value" + (stored ? ", its beginning" : ""));
        ValueText.lines(letter.value()).forEach(line -> lines.add(INDENT + line));
        return lines;
    }

    /** Empty if the letter has none, or not in a form that can be read: then they are shown as they stand. */
    private Optional<List<Header>> originalHeaders() {
        try {
            return letter.originalHeaders();
        } catch (IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }

    private List<List<String>> facts() {
        LetterRow row = LetterRow.of(letter, redriven.isPresent());
        List<List<String>> facts = new ArrayList<>();
        List<String> cells = row.cells();
        for (int i = 0; i < cells.size() - 1; i++) {
            facts.add(List.of(LetterRow.HEADING.get(i), cells.get(i)));
        }
        facts.add(List.of(
                "redriven",
                redriven.map(entry ->
                                RecordLine.printable(entry.time() + " as " + entry.target() + " by run " + entry.run()))
                        .orElse("no")));
        letter.stored().forEach(stored -> facts.addAll(stored(stored)));
        return facts;
    }

    private List<List<String>> stored(Stored stored) {
        String of = stored.part() == Letter.Part.VALUE ? "" : stored.part().word() + " ";
        return List.of(
                List.of(of + "stored as", RecordLine.printable(stored.path())),
                List.of(of + "stored size", String.format(Locale.ROOT, "%,d bytes", stored.bytes())),
                List.of(of + "SHA-256", RecordLine.printable(stored.sha256())),
                List.of(
                        of + "file here",
                        store.find(letter, stored)
                                .orElse("none; " + store.settings() + " must be that of the application")));
    }

    private static void addHeader(List<String> lines, Header header) {
        List<String> value = ValueText.lines(header.value());
        String name = INDENT + RecordLine.printable(header.key());
        if (value.size() == 1) {
            lines.add(name + " = " + value.get(0));
        } else {
            lines.add(name);
            value.forEach(line -> lines.add(INDENT + INDENT + line));
        }
    }

    ObjectNode json() {
        ObjectNode document = Json.node(LetterRow.of(letter, redriven.isPresent()));
        redriven.ifPresent(entry -> document.putObject("redrive")
                .put("time", entry.time().toString())
                .put("target", entry.target())
                .put("run", entry.run()));
        letter.stored().forEach(stored -> document.putObject(name(stored.part()))
                .put("path", stored.path())
                .put("sha256", stored.sha256())
                .put("bytes", stored.bytes())
                .put("file", store.find(letter, stored).orElse(null)));
        put(document, "key", letter.key());
        ArrayNode headers = document.putArray("headers");
        letter.headers().forEach(header -> put(headers.addObject().put("name", header.key()), "value", header.value()));
        originalHeaders().ifPresent(originals -> {
            ArrayNode all = document.putArray("originalHeaders");
            originals.forEach(header -> put(all.addObject().put("name", header.key()), "value", header.value()));
        });
        put(document, "value", letter.value());
        return document;
    }

    /** The value's has the name that it has always had. */
    private static String name(Letter.Part part) {
        return switch (part) {
            case VALUE -> "stored";
            case HEADERS -> "storedHeaders";
            case KEY -> "storedKey";
        };
    }

    /** As text where it is text, otherwise in base64 under another name. */
    private static void put(ObjectNode node, String name, byte[] bytes) {
        if (bytes == null) {
            node.putNull(name);
        } else {
            ValueText.text(bytes)
                    .ifPresentOrElse(
                            text -> node.put(name, text),
                            () -> node.put(name + "Base64", Base64.getEncoder().encodeToString(bytes)));
        }
    }
}
