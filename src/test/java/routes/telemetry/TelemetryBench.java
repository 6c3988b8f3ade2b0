package routes.telemetry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Writing, reading and slicing messages of 1,063 channels (about 20 kB), beside what Jackson takes for the same. Before
 * anything is measured, the contenders' results are compared with each other.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx1g", "-XX:+UseParallelGC"})
public class TelemetryBench {
    /** Different values in each, so that no processor learns one message by heart. */
    private static final int MESSAGES = 64;

    /** Odd, for a median. */
    private static final int ROUNDS = 5;

    private static final byte[] KEY = Samples.RIG.getBytes(StandardCharsets.US_ASCII);

    private final ObjectMapper mapper = new ObjectMapper();
    private final JsonFactory factory = new JsonFactory();
    private final TelemetryWriter writer = new TelemetryWriter();
    private final TelemetryReader reader = new TelemetryReader();
    private final Map<String, String> catalogue = Samples.catalogue();
    private final Slicer slicer = new Slicer(catalogue);

    private final Telemetry[] telemetry = new Telemetry[MESSAGES];
    private final List<Map<String, Object>> decimalMaps = new ArrayList<>();
    private final List<Map<String, Object>> doubleMaps = new ArrayList<>();
    private final byte[][] messages = new byte[MESSAGES][];
    private final byte[][] unlikeMessages = new byte[MESSAGES][];
    private final TelemetryMessage[] read = new TelemetryMessage[MESSAGES];
    private int next;

    @Setup
    public void setUp() throws IOException {
        ChannelNames names = Samples.names();
        for (int i = 0; i < MESSAGES; i++) {
            telemetry[i] = Samples.telemetry(names, i);
            messages[i] = writer.write(telemetry[i], Samples.TIME, false);
            decimalMaps.add(map(telemetry[i], false));
            doubleMaps.add(map(telemetry[i], true));
            unlikeMessages[i] = writer.write(without(telemetry[i], i), Samples.TIME, false);
            read[i] = reader.read(messages[i], KEY);
            check(i);
        }
    }

    @Benchmark
    public byte[] writeOurs() {
        return writer.write(telemetry[index()], Samples.TIME, false);
    }

    /** A map as one has it for each new message; a BigDecimal that was written before keeps its text. */
    @State(Scope.Thread)
    public static class NewMap {
        private Map<String, Object> decimals;

        @Setup(Level.Invocation)
        public void make(TelemetryBench bench) {
            decimals = map(bench.telemetry[bench.index()], false);
        }
    }

    @Benchmark
    public byte[] writeMapOfDecimals(NewMap map) throws IOException {
        return mapper.writeValueAsBytes(map.decimals);
    }

    /** Flatters the peer: all its numbers were made text before. */
    @Benchmark
    public byte[] writeMapOfDecimalsAgain() throws IOException {
        return mapper.writeValueAsBytes(decimalMaps.get(index()));
    }

    @Benchmark
    public byte[] writeMapOfDoubles() throws IOException {
        return mapper.writeValueAsBytes(doubleMaps.get(index()));
    }

    @Benchmark
    public TelemetryMessage readOurs() {
        return reader.read(messages[index()], KEY);
    }

    /** Each message lacks another channel, so none has the names of one before it: the slow way through the reader. */
    @Benchmark
    public TelemetryMessage readOursUnlike() {
        return reader.read(unlikeMessages[index()], KEY);
    }

    @Benchmark
    public Map<?, ?> readMap() throws IOException {
        return mapper.readValue(messages[index()], Map.class);
    }

    /** Steps over all tokens: names are decoded, numbers are not, nothing is checked but the syntax. */
    @Benchmark
    public int readStream() throws IOException {
        int tokens = 0;
        try (JsonParser parser = factory.createParser(messages[index()])) {
            while (parser.nextToken() != null) {
                tokens++;
            }
        }
        return tokens;
    }

    @Benchmark
    public Slicer.Slices sliceOurs() {
        return slicer.slice(read[index()]);
    }

    @Benchmark
    public Slicer.Slices readAndSliceOurs() {
        return slicer.slice(reader.read(messages[index()], KEY));
    }

    @Benchmark
    public Collection<ByteArrayOutputStream> sliceStream() throws IOException {
        return streamSlices(messages[index()]).values();
    }

    private int index() {
        next = (next + 1) % MESSAGES;
        return next;
    }

    private static Map<String, Object> map(Telemetry t, boolean doubles) {
        Map<String, Object> channels = new LinkedHashMap<>();
        for (int i = 0; i < t.unscaled().length; i++) {
            BigDecimal exact =
                    t.unscaled()[i] == Telemetry.NULL ? null : BigDecimal.valueOf(t.unscaled()[i], t.decimals()[i]);
            channels.put(t.names().names().get(i), doubles && exact != null ? (Object) exact.doubleValue() : exact);
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("rig", t.rig());
        map.put("well", t.well());
        map.put("time", "2026-11-20T10:00:00.000Z");
        map.put("seq", t.seq());
        map.put("activity", t.activity());
        map.put("late", false);
        map.put("channels", channels);
        return map;
    }

    private static Telemetry without(Telemetry t, int left) {
        List<String> names = new ArrayList<>(t.names().names());
        names.remove(left);
        return new Telemetry(
                t.rig(),
                t.well(),
                t.seq(),
                t.activity(),
                new ChannelNames(names),
                Arrays.copyOf(t.unscaled(), names.size()),
                Arrays.copyOf(t.decimals(), names.size()));
    }

    /** The peer's cut: one pass of Jackson's parser, each channel's bytes appended to its subsystem's. */
    private Map<String, ByteArrayOutputStream> streamSlices(byte[] message) throws IOException {
        Map<String, ByteArrayOutputStream> slices = new LinkedHashMap<>();
        try (JsonParser parser = factory.createParser(message)) {
            ByteArrayOutputStream head = new ByteArrayOutputStream(256);
            while (!"channels".equals(parser.nextFieldName())) {
                if (parser.currentToken() == JsonToken.VALUE_FALSE) {
                    head.write(message, 0, (int) parser.currentLocation().getByteOffset());
                }
            }
            head.writeBytes(",\"channels\":{".getBytes(StandardCharsets.US_ASCII));
            parser.nextToken();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                int from = (int) parser.currentTokenLocation().getByteOffset();
                parser.nextToken();
                if (parser.currentToken() != JsonToken.VALUE_NULL) {
                    parser.finishToken();
                }
                int to = (int) parser.currentTokenLocation().getByteOffset() + parser.getTextLength();
                ByteArrayOutputStream slice = slices.get(catalogue.get(name));
                if (slice == null) {
                    slice = new ByteArrayOutputStream(2048);
                    slice.writeBytes(head.toByteArray());
                    slices.put(catalogue.get(name), slice);
                } else {
                    slice.write(',');
                }
                slice.write(message, from, to - from);
            }
        }
        slices.values().forEach(slice -> slice.writeBytes(new byte[] {'}', '}'}));
        return slices;
    }

    private void check(int i) throws IOException {
        byte[] peers = mapper.writer()
                .with(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
                .writeValueAsBytes(decimalMaps.get(i));
        same(new String(messages[i], StandardCharsets.UTF_8), new String(peers, StandardCharsets.UTF_8), "written");
        same(
                read[i].channelCount(),
                ((Map<?, ?>) mapper.readValue(peers, Map.class).get("channels")).size(),
                "read");
        Map<String, String> ours = new TreeMap<>();
        slicer.slice(read[i]).slices().forEach(slice -> ours.put(slice.subsystem(), new String(slice.value())));
        Map<String, String> theirs = new TreeMap<>();
        streamSlices(messages[i]).forEach((subsystem, bytes) -> theirs.put(subsystem, bytes.toString()));
        same(ours, theirs, "sliced");
    }

    private static void same(Object ours, Object theirs, String what) {
        if (!ours.equals(theirs)) {
            throw new IllegalStateException(what + " differently:\n" + ours + "\n" + theirs);
        }
    }

    /**
     * Runs all in five rounds, about two and a half minutes, and compares within each round, so that what else the
     * machine does meets all alike. Prints a table and writes {@code target/bench/telemetry.json}.
     */
    public static void main(String[] args) throws RunnerException, IOException {
        Map<String, List<Double>> times = new TreeMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (RunResult result : new Runner(options()).run()) {
                String name = result.getPrimaryResult().getLabel();
                times.computeIfAbsent(name, n -> new ArrayList<>())
                        .add(result.getPrimaryResult().getStatistics().getPercentile(50));
            }
        }
        Map<String, List<Double>> ratios = new LinkedHashMap<>();
        ratios.put("writeMap", ratio(times, "writeOurs", "writeMapOfDecimals", "writeMapOfDoubles"));
        ratios.put("writeMapOfDoubles", ratio(times, "writeOurs", "writeMapOfDoubles"));
        ratios.put("writeMapAgain", ratio(times, "writeOurs", "writeMapOfDecimalsAgain"));
        ratios.put("readMap", ratio(times, "readOurs", "readMap"));
        ratios.put("readMapUnlike", ratio(times, "readOursUnlike", "readMap"));
        ratios.put("readStream", ratio(times, "readOurs", "readStream"));
        ratios.put("sliceStream", ratio(times, "readAndSliceOurs", "sliceStream"));
        print("1,063 channels, µs", times);
        print("times as fast", ratios);
        Map<String, Double> medians = new LinkedHashMap<>();
        ratios.forEach((name, values) -> medians.put(name, median(values)));
        Path report = Path.of("target", "bench", "telemetry.json");
        Files.createDirectories(report.getParent());
        new ObjectMapper().writeValue(report.toFile(), Map.of("ratios", medians));
    }

    private static Options options() {
        return new OptionsBuilder()
                .include(TelemetryBench.class.getSimpleName() + "\\.")
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
    }

    /** For each round, how many times as fast ours is as the fastest of its peers. */
    private static List<Double> ratio(Map<String, List<Double>> times, String ours, String... peers) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            double best = Double.MAX_VALUE;
            for (String peer : peers) {
                best = Math.min(best, times.get(peer).get(round));
            }
            ratios.add(best / times.get(ours).get(round));
        }
        return ratios;
    }

    private static void print(String title, Map<String, List<Double>> rows) {
        System.out.printf(Locale.ROOT, "%n%-24s %8s %8s %8s%n", title, "median", "min", "max");
        rows.forEach((name, values) -> System.out.printf(
                Locale.ROOT,
                "%-24s %8.2f %8.2f %8.2f%n",
                name,
                median(values),
                Collections.min(values),
                Collections.max(values)));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
