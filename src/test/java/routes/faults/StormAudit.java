package routes.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import routes.faults.StormSender.Sent;
import routes.kafka.TopicCatalogue;

/**
 * The tests' own audit after a storm, of a cluster in which nothing is sent any more. What has to be there is what the
 * topics hold now: records that a cut has taken, or that went with a topic, are nobody's loss, and copies of them are no
 * fault.
 */
final class StormAudit {
    private static final Pattern ENVELOPE = Pattern.compile("\"time\":\"([^\"]+)\",\"seq\":(\\d+)");
    private static final String CONNECT = "__connect.errors.";
    private static final String FLAGGED = "rig.flagged";
    private static final String CHANNELS = "rig.channels.";
    private static final String OF_FLOATERS = CHANNELS + "vessel";
    private static final String USERS_LETTERS = "rig.dead-letters of users";
    private static final int EXAMPLES = 8;

    private final String bootstrap;
    private final List<Sent> sent;
    private final int generation;
    private final Map<String, List<StormPrint>> cutPrints;
    private final Map<String, List<Source>> cutTelemetry = new HashMap<>();
    private final Map<String, StormRecord> telemetry = new LinkedHashMap<>();
    private final Map<String, StormRecord> input = new LinkedHashMap<>();
    private final Map<String, String> inputByName = new HashMap<>();
    private final Map<String, StormStage> stages = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();
    private long messagesCut;
    private long copiesOfCut;
    private long copiesOfReplaced;

    StormAudit(String bootstrap, StormSender sender, StormCuts cuts) {
        this.bootstrap = bootstrap;
        this.sent = sender.sent();
        this.generation = sender.generation();
        this.cutPrints = cuts.prints();
        cuts.ofTelemetry().forEach(source -> cutTelemetry
                .computeIfAbsent(
                        Evidence.TELEMETRY + "/" + source.partition() + "/" + source.offset(),
                        place -> new ArrayList<>())
                .add(source));
    }

    /** All stages, that of the rigs first. */
    List<Stage> run() {
        OwnAudit.read(bootstrap, List.of(Evidence.TELEMETRY), record -> {
            StormRecord read = StormRecord.ofTelemetry(record);
            telemetry.put(read.place(), read);
        });
        OwnAudit.read(bootstrap, List.of(StormPoison.INPUT), record -> {
            StormRecord read = StormRecord.ofUser(record);
            input.put(read.place(), read);
            inputByName.putIfAbsent(read.name(), read.place());
        });
        List<String> topics = new ArrayList<>(TopicCatalogue.builtIn().topics().stream()
                .map(topic -> topic.name())
                .filter(OwnAudit::isRouted)
                .toList());
        topics.add(StormField.OUTPUT);
        prepare(topics);
        OwnAudit.read(bootstrap, topics, this::take);
        checkSent();
        checkRedriven();
        StormRigs rigs = new StormRigs(telemetry.values(), cutTelemetry);
        List<Stage> all = new ArrayList<>(List.of(rigs.stage()));
        messagesCut = rigs.missingByCut();
        stages.forEach((to, stage) -> all.add(stage.stage(isOfUsers(to) ? input.values() : telemetry.values())));
        return all;
    }

    private static boolean isOfUsers(String to) {
        return to.equals(StormField.OUTPUT) || to.equals(USERS_LETTERS);
    }

    private List<StormRecord> everything() {
        List<StormRecord> all = new ArrayList<>(telemetry.values());
        all.addAll(input.values());
        return all;
    }

    private void prepare(List<String> topics) {
        topics.stream()
                .filter(topic -> topic.startsWith(CHANNELS))
                .forEach(topic -> prepare(
                        topic,
                        record -> record.source().isGood() && !topic.equals(OF_FLOATERS)
                                ? Optional.of(topic)
                                : Optional.empty()));
        prepare(Evidence.ACTIVITY, record -> record.source().activityTopic());
        prepare(FLAGGED, record -> record.source().flagged() ? Optional.of(FLAGGED) : Optional.empty());
        for (String letters : List.of(StormActions.DEAD_LETTERS, USERS_LETTERS)) {
            prepare(
                    letters,
                    record -> record.source().isGood() ? Optional.empty() : Optional.of(StormActions.DEAD_LETTERS));
        }
        prepare(
                StormField.OUTPUT,
                record -> record.source().isGood() && isFirstOfItsName(record)
                        ? Optional.of(StormField.OUTPUT)
                        : Optional.empty());
    }

    /** The sender is not idempotent: what a dying broker did not acknowledge in time it sends again. */
    private boolean isFirstOfItsName(StormRecord record) {
        return record.place().equals(inputByName.get(record.name()));
    }

    private void prepare(String to, Function<StormRecord, Optional<String>> destination) {
        boolean ordered = !to.equals(StormActions.DEAD_LETTERS) && !to.equals(USERS_LETTERS);
        stages.put(
                to, new StormStage(isOfUsers(to) ? StormPoison.INPUT : Evidence.TELEMETRY, to, destination, ordered));
    }

    private void take(ConsumerRecord<byte[], byte[]> copy) {
        String topic = copy.topic();
        if (topic.equals(StormActions.DEAD_LETTERS)) {
            String origin = text(copy, CONNECT + "topic") + "/" + text(copy, CONNECT + "partition") + "/"
                    + text(copy, CONNECT + "offset");
            String to = origin.startsWith(StormPoison.INPUT) ? USERS_LETTERS : topic;
            take(stages.get(to), copy, origin, source -> isLetterOf(copy, source));
        } else if (topic.startsWith(CHANNELS)) {
            take(stages.get(topic), copy, text(copy, "source"), source -> isSliceOf(copy, source.source()));
        } else if (topic.equals(StormField.OUTPUT)) {
            // The user's route reads no message, so that nothing says where its records are from.
            String origin = inputByName.getOrDefault(text(copy, StormPoison.NAME), StormPoison.INPUT + "/-");
            StormPrint print = StormPrint.of(copy);
            take(stages.get(topic), copy, origin, source -> print.sameBytes(source.print()));
        } else {
            String to = topic.startsWith(Evidence.ACTIVITY) ? Evidence.ACTIVITY : topic;
            StormPrint print = StormPrint.of(copy);
            take(stages.get(to), copy, text(copy, "source"), source -> print.sameBytes(source.print()));
        }
    }

    private void take(
            StormStage stage,
            ConsumerRecord<byte[], byte[]> copy,
            String origin,
            Function<StormRecord, Boolean> isCopyOf) {
        StormRecord source = telemetry.getOrDefault(origin, input.get(origin));
        if (source != null && isCopyOf.apply(source)) {
            // What a cut took may have come again at the same place: then nobody knows which of the two this was made
            // of.
            boolean oneOfTwo = cutPrints.containsKey(origin);
            stage.take(StormCuts.place(copy), copy.timestamp(), source, !oneOfTwo);
        } else if (isOfWhatIsGone(copy, origin)) {
            copiesOfCut++;
            copiesOfReplaced += source == null ? 0 : 1;
        } else {
            stage.problem(StormCuts.place(copy) + " is no copy of " + origin + ", which is " + source);
        }
    }

    /** Whether it was made of a record that a cut has taken, or that was in the topic before it was made again. */
    private boolean isOfWhatIsGone(ConsumerRecord<byte[], byte[]> copy, String origin) {
        if (origin.startsWith(StormPoison.INPUT + "/")) {
            return generation > 0 || cutPrints.keySet().stream().anyMatch(place -> place.startsWith(StormPoison.INPUT));
        }
        return cutTelemetry.getOrDefault(origin, List.of()).stream()
                .anyMatch(source -> !source.isGood() || isSliceOf(copy, source));
    }

    /** As far as it can be seen here: what was kept elsewhere shows when it is redriven. */
    private static boolean isLetterOf(ConsumerRecord<byte[], byte[]> letter, StormRecord source) {
        boolean whole = letter.headers().lastHeader("dlq.stored-path") == null;
        String kind = source.source().kind();
        return (!whole || StormPrint.of(letter).sameBytes(source.print()))
                && (kind.equals(StormPoison.ANY) || kind.equals(text(letter, "dlq.reason")));
    }

    /** Whole messages begin with the same envelope. */
    private static boolean isSliceOf(ConsumerRecord<byte[], byte[]> copy, Source source) {
        byte[] value = copy.value() == null ? new byte[0] : copy.value();
        Matcher envelope = ENVELOPE.matcher(new String(value, 0, Math.min(300, value.length), ISO_8859_1));
        return envelope.find()
                && Long.parseLong(envelope.group(2)) == source.seq()
                && Instant.parse(envelope.group(1)).toEpochMilli() == source.time()
                && new String(copy.key(), ISO_8859_1).equals(source.rig());
    }

    /** What was acknowledged stands where it was acknowledged. */
    private void checkSent() {
        for (Sent one : sent) {
            String place = one.topic() + "/" + one.partition() + "/" + one.offset();
            StormRecord found = telemetry.getOrDefault(place, input.get(place));
            boolean here = found != null && found.print().equals(one.print());
            if (!here && isCurrent(one) && !isCut(place, one)) {
                problem("acknowledged and not there: " + one + ", but " + found);
            }
        }
    }

    private boolean isCurrent(Sent one) {
        return one.topic().equals(Evidence.TELEMETRY) || one.generation() == generation;
    }

    private boolean isCut(String place, Sent one) {
        return cutPrints.getOrDefault(place, List.of()).contains(one.print());
    }

    /** Every letter was redriven at last: what came back is what was sent, key, value and headers. */
    private void checkRedriven() {
        Map<String, Sent> byName = sent.stream().collect(Collectors.toMap(Sent::name, one -> one, (a, b) -> a));
        Set<String> back = new HashSet<>();
        for (StormRecord record : everything()) {
            if (record.redriven()) {
                Sent original = byName.get(record.name());
                back.add(record.name());
                if (original == null || !original.print().equals(record.print())) {
                    problem("redriven otherwise than it was sent: " + record + " " + record.print() + ", sent was "
                            + original);
                }
            }
        }
        for (Sent one : byName.values()) {
            String place = one.topic() + "/" + one.partition() + "/" + one.offset();
            boolean due = !one.kind().equals(Source.GOOD) && isCurrent(one) && !isCut(place, one);
            if (due && cutPrints.isEmpty() && !back.contains(one.name())) {
                problem("never redriven: " + one);
            }
        }
    }

    private void problem(String text) {
        if (problems.size() < EXAMPLES) {
            problems.add(text);
        }
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
        return Source.header(record, name).orElse("-");
    }

    /** What is wrong beside the stages, in words. */
    List<String> problems() {
        return problems;
    }

    /** How many numbers of the fleet's rigs are missing because a cut has taken them. */
    long messagesCut() {
        return messagesCut;
    }

    /** How many copies there are of records that a cut has taken or that went with their topic. */
    long copiesOfCut() {
        return copiesOfCut;
    }

    /** How many of them name a place at which another record stands now. */
    long copiesOfReplaced() {
        return copiesOfReplaced;
    }

    Map<String, StormRecord> telemetry() {
        return telemetry;
    }

    Map<String, StormRecord> input() {
        return input;
    }
}
