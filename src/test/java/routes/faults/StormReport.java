package routes.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of a storm.
 *
 * @param allowed how many copies beyond the first one consumer of one group may have made
 * @param notes what else is worth knowing
 */
record StormReport(
        long seed,
        Duration length,
        Duration time,
        StormScore score,
        List<Stage> stages,
        long allowed,
        Map<String, Object> notes) {
    static final Path FOLDER = Path.of("target", "faults");

    long lost() {
        return stages.stream().mapToLong(Stage::lost).sum();
    }

    long reordered() {
        return stages.stream().mapToLong(Stage::reordered).sum();
    }

    long copies() {
        return stages.stream().skip(1).mapToLong(Stage::records).sum();
    }

    /** The most of one stage. */
    long doubled() {
        return stages.stream().skip(1).mapToLong(Stage::doubled).max().orElse(0);
    }

    List<String> wrong() {
        List<String> wrong = new ArrayList<>(score.wrong());
        stages.forEach(stage -> wrong.addAll(stage.problems()));
        if (doubled() > allowed) {
            wrong.add("doubled " + doubled() + ", allowed are " + allowed);
        }
        return wrong;
    }

    String line() {
        return String.format(
                "storm seed %d, %d s: %s; %,d messages, %,d copies due; lost %d, reordered %d, doubled at most %d of %,d"
                        + " allowed; %d of %d faults bit; %s; %.0f s in all",
                seed,
                length.toSeconds(),
                wrong().isEmpty() ? "good" : wrong().size() + " things WRONG",
                stages.isEmpty() ? 0 : stages.get(0).records(),
                copies(),
                lost(),
                reordered(),
                doubled(),
                allowed,
                score.bitten().values().stream().mapToInt(n -> n).sum(),
                score.struck().values().stream().mapToInt(n -> n).sum(),
                score.counts(),
                time.toMillis() / 1e3);
    }

    void publish() throws IOException {
        System.out.println(line());
        wrong().forEach(one -> System.out.println("storm seed " + seed + " WRONG: " + one));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("seed", seed);
        document.put("seconds", length.toSeconds());
        document.put("processors", Runtime.getRuntime().availableProcessors());
        document.put("lost", lost());
        document.put("reordered", reordered());
        document.put("doubled", doubled());
        document.put("doubledAllowed", allowed);
        document.put("struck", score.struck());
        document.put("bitten", score.bitten());
        document.put("counts", score.counts());
        document.put("notes", notes);
        document.put("wrong", wrong());
        document.put("stages", stages.stream().map(Figures::summary).toList());
        Files.createDirectories(FOLDER);
        Files.writeString(
                FOLDER.resolve("storm-" + seed + ".json"),
                new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(document));
    }

    static void keepDraw(long seed, List<StormDraw.Strike> draw) throws IOException {
        List<String> lines = draw.stream().map(StormDraw.Strike::toString).toList();
        System.out.println("storm seed " + seed + " draws:\n" + String.join("\n", lines));
        Files.createDirectories(FOLDER);
        Files.write(FOLDER.resolve("storm-" + seed + "-draw.txt"), lines);
    }
}
