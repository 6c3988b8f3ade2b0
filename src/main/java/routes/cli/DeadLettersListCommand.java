package routes.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import routes.deadletter.LetterFilter;
import routes.deadletter.LetterTopic;
import routes.deadletter.RedriveLedger;
import routes.kafka.KafkaCluster;

/** Lists dead letters and counts them by reason. */
@Command(
        name = "list",
        description = {
            "Lists the dead letters that match, newest last, and counts them by reason.",
            "Reads without a consumer group; changes nothing."
        })
final class DeadLettersListCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private LetterFilterOptions filters;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "Lists the newest N of those that match; counts them all. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(names = "--json", description = "Prints one JSON document.")
    private boolean json;

    @Mixin
    private LetterOptions letters;

    @Override
    public Integer call() {
        LetterFilter filter = filters.filter(Clock.systemUTC());
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit " + limit + ": expected 1 or more");
        }
        Found found = read(filter);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.document(new Document(letters.topic(), found.total(), found.newest(), found.reasons())));
        } else if (found.total() == 0) {
            out.println(
                    found.empty()
                            ? letters.topic() + " holds no letters"
                            : "no letter in " + letters.topic() + " matches");
        } else {
            found.lines().forEach(out::println);
        }
        return Commands.GOOD;
    }

    private Found read(LetterFilter filter) {
        try (KafkaCluster kafka = letters.open().cluster();
                LetterTopic topic = LetterTopic.open(kafka, letters.topic())) {
            RedriveLedger ledger = RedriveLedger.read(kafka, letters.topic());
            PriorityQueue<LetterRow> newest = new PriorityQueue<>();
            Map<String, Long> reasons = new TreeMap<>();
            topic.read(filter.since(), letter -> {
                if (filter.test(letter)) {
                    LetterRow row = LetterRow.of(letter, ledger.has(letter));
                    reasons.merge(row.reason(), 1L, Long::sum);
                    newest.add(row);
                    if (newest.size() > limit) {
                        newest.remove();
                    }
                }
                return true;
            });
            return new Found(topic.isEmpty(), newest.stream().sorted().toList(), reasons);
        }
    }

    /**
     * @param empty whether the topic holds no letter at all
     * @param newest of those that match, oldest first
     * @param reasons how many match, by reason
     */
    private record Found(boolean empty, List<LetterRow> newest, Map<String, Long> reasons) {
        long total() {
            return reasons.values().stream().mapToLong(Long::longValue).sum();
        }

        List<String> lines() {
            List<List<String>> rows = new ArrayList<>(List.of(LetterRow.HEADING));
            newest.forEach(row -> rows.add(row.cells()));
            List<String> lines = new ArrayList<>(Table.lines(rows));
            if (newest.size() < total()) {
                lines.add(String.format(Locale.ROOT, "the newest %,d of %,d", newest.size(), total()));
            }
            lines.add("");
            List<List<String>> counts = new ArrayList<>();
            reasons.forEach((reason, count) -> counts.add(count(reason, count)));
            counts.add(count("total", total()));
            lines.addAll(Table.lines(counts));
            return lines;
        }

        private static List<String> count(String reason, long count) {
            return List.of(reason, String.format(Locale.ROOT, "%,9d", count));
        }
    }

    /** What {@code --json} prints. */
    private record Document(String topic, long matching, List<LetterRow> letters, Map<String, Long> reasons) {}
}
