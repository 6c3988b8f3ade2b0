package routes.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of a fault, to be printed and kept in {@code target/faults}.
 *
 * @param times how often the fault struck
 * @param time how long the whole test took
 * @param recoveries from each fault to the first record that was routed after it
 * @param doubled the most copies beyond the first, of one routed stage, after one fault
 * @param notes that the fault bit, and what else is worth knowing
 */
record Figures(
        String fault,
        Form form,
        int times,
        Duration time,
        Findings findings,
        List<Duration> recoveries,
        long doubled,
        Map<String, Object> notes) {
    private static final Path FOLDER = Path.of("target", "faults");

    void publish() {
        System.out.println(line());
        try {
            Files.createDirectories(FOLDER);
            Files.writeString(FOLDER.resolve(fault + ".json"), json());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String line() {
        String recovery = recoveries.isEmpty()
                ? ""
                : String.format(", recovery p50 %.1f s, max %.1f s", seconds(median()), seconds(longest()));
        return String.format(
                "fault %s (%s)%s: %,d messages of %d rigs, %,d copies due; lost %d, reordered %d, doubled at most %d per"
                        + " fault and stage%s; %s; %.0f s in all",
                fault,
                form.name(),
                times == 0 ? "" : " x" + times,
                findings.telemetry().all().size(),
                findings.telemetry().byRig().size(),
                findings.routed(),
                findings.lost(),
                findings.reordered(),
                doubled,
                recovery,
                notes,
                seconds(time));
    }

    private Duration median() {
        return recoveries.stream().sorted().toList().get((recoveries.size() - 1) / 2);
    }

    private Duration longest() {
        return recoveries.stream().sorted().toList().get(recoveries.size() - 1);
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }

    private String json() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("fault", fault);
        document.put("form", form.name());
        document.put("times", times);
        document.put("processors", Runtime.getRuntime().availableProcessors());
        document.put("seconds", seconds(time));
        document.put("messages", findings.telemetry().all().size());
        document.put("rigs", findings.telemetry().byRig().size());
        document.put("doubledPerFaultAndStage", doubled);
        if (!recoveries.isEmpty()) {
            document.put(
                    "recoverySeconds",
                    Map.of(
                            "p50",
                            seconds(median()),
                            "max",
                            seconds(longest()),
                            "each",
                            recoveries.stream().map(Figures::seconds).toList()));
        }
        document.put("evidence", notes);
        document.put("stages", findings.stages().stream().map(Figures::summary).toList());
        try {
            return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, Object> summary(Stage stage) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("from", stage.from());
        summary.put("to", stage.to());
        summary.put("records", stage.records());
        summary.put("lost", stage.lost());
        summary.put("doubled", stage.doubled());
        summary.put("reordered", stage.reordered());
        summary.put("unverifiable", stage.unverifiable());
        return summary;
    }
}
