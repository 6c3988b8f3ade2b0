package routes.rig;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cuts one CSV record into its cells, as RFC 4180 has it, without the blanks around unquoted cells. */
final class RecordingLine {
    private final String text;
    private int at;

    private RecordingLine(String text) {
        this.text = text;
    }

    /** @return empty if a quotation mark is not closed or a quoted cell goes on after its end */
    static Optional<List<String>> cells(String text) {
        return new RecordingLine(text).cells();
    }

    private Optional<List<String>> cells() {
        List<String> cells = new ArrayList<>();
        do {
            String cell = at < text.length() && text.charAt(at) == '"' ? quoted() : plain();
            if (cell == null || at < text.length() && text.charAt(at) != ',') {
                return Optional.empty();
            }
            cells.add(cell);
        } while (at++ < text.length());
        return Optional.of(cells);
    }

    private String plain() {
        int comma = text.indexOf(',', at);
        int end = comma < 0 ? text.length() : comma;
        String cell = text.substring(at, end).strip();
        at = end;
        return cell;
    }

    /** @return null if it is not closed */
    private String quoted() {
        StringBuilder cell = new StringBuilder();
        int from = at + 1;
        for (int mark = text.indexOf('"', from); mark >= 0; mark = text.indexOf('"', from)) {
            cell.append(text, from, mark);
            from = mark + 2;
            if (from > text.length() || text.charAt(mark + 1) != '"') {
                at = mark + 1;
                return cell.toString();
            }
            cell.append('"');
        }
        return null;
    }
}
