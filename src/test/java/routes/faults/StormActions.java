package routes.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import routes.JarProcess;
import routes.faults.Saves.Due;
import routes.faults.Saves.Save;
import routes.faults.StormDraw.Strike;
import routes.faults.StormFault.Claim;

/** Makes each fault happen, and looks whether it does what it is to do. */
final class StormActions {
    static final String DEAD_LETTERS = "rig.dead-letters";
    /** Stands behind the name of a topic in that of the topic into which it is played back. */
    static final String REPLAYED = ".replayed";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration GLANCE = Duration.ofSeconds(20);
    private static final int MOST_PARTITIONS = 20;
    private static final int BURST = 200;

    /** In the summary of a command: one topic of several, or a number. */
    private static final Pattern SENT = Pattern.compile("\"sent\" : (\\{\\s*\"|[1-9])");

    private final StormField field;
    private final StormScore score;
    private final StormClaims claims;
    private final StormSender sender;
    private final StormPoison poison;
    private final StormCuts cuts = new StormCuts();
    private final Saves saves;

    /** What has come of a fault; no proof if it could not be had. */
    private record Bite(boolean hasBitten, String proof) {
        static Bite of(String proof) {
            return new Bite(true, proof);
        }

        static Bite missed(String why) {
            return new Bite(false, why);
        }
    }

    StormActions(
            StormField field, StormScore score, StormClaims claims, StormSender sender, StormPoison poison, long seed) {
        this.field = field;
        this.score = score;
        this.claims = claims;
        this.sender = sender;
        this.poison = poison;
        this.saves = new Saves(field.routes(), seed);
    }

    StormCuts cuts() {
        return cuts;
    }

    /** Returns when the fault is over and everything that it needed is as before. */
    void strike(Strike strike) {
        try {
            Bite bite = claims.with(strike.fault(), PATIENCE.multipliedBy(2), () -> {
                score.struck(strike);
                return bite(strike);
            });
            if (bite.hasBitten()) {
                score.bitten(strike, bite.proof());
            } else {
                score.missed(strike, bite.proof());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception | AssertionError e) {
            score.missed(strike, e.toString());
        }
    }

    private Bite bite(Strike strike) throws Exception {
        return switch (strike.fault()) {
            case KILLED -> kill(strike);
            case FROZEN -> freeze(strike);
            case BROKER_KILLED -> killBroker(strike);
            case BROKER_RESTARTED -> restartBroker(strike);
            case LOG_CUT -> cutLog(strike);
            case ROUTE_STOPPED -> stopRoute(strike);
            case SAVED -> save();
            case POISONED -> poison(strike);
            case PARTITIONS_ADDED -> addPartitions(strike);
            case MADE_AGAIN -> makeAgain(strike);
            case SECOND_STARTED -> startSecond();
            case FURTHER_JOINED -> join(strike);
            case ARCHIVE_UNWRITABLE -> blockArchive(strike);
            case LETTERS_UNWRITABLE -> blockLetters(strike);
            case REDRIVEN -> redrive(strike);
            case REPLAYED -> replay(strike);
        };
    }

    private Bite kill(Strike strike) {
        // Every other one strikes whatever it is doing, also while it starts.
        Duration patience = strike.number() % 2 == 0 ? Duration.ZERO : GLANCE;
        boolean atWork = isAtWork(field.application(), patience);
        field.failed();
        field.killApplication();
        score.count("kills", 1);
        Evidence.last(strike.time());
        field.startApplication();
        return atWork ? Bite.of("it was at work") : Bite.missed("it had routed nothing yet");
    }

    private Bite freeze(Strike strike) {
        AppProcess application = field.application();
        boolean atWork = isAtWork(application, GLANCE);
        application.freeze();
        score.count("rebalances", 2);
        try {
            Evidence.last(strike.time());
            boolean answers =
                    application.hasStarted() && application.metric("rig_.*").isPresent();
            return atWork && !answers ? Bite.of("it did not answer") : Bite.missed("it was not at work");
        } finally {
            application.thaw();
        }
    }

    private static boolean isAtWork(AppProcess application, Duration patience) {
        return within(patience.plusSeconds(1), () -> application.hasStarted() && application.routed() > 0);
    }

    private Bite killBroker(Strike strike) {
        field.cluster().killBroker();
        return brokerAway(strike);
    }

    private Bite restartBroker(Strike strike) throws InterruptedException {
        field.cluster().stopBroker(PATIENCE);
        return brokerAway(strike);
    }

    private Bite brokerAway(Strike strike) {
        score.count("rebalances", 2);
        Evidence.last(strike.time());
        field.cluster().startBroker();
        return Bite.of("its process was gone");
    }

    private Bite cutLog(Strike strike) throws IOException, InterruptedException {
        int partitions = strike.what().equals(Evidence.TELEMETRY) ? 8 : StormPoison.INPUT_PARTITIONS;
        field.cluster().killBroker();
        score.count("rebalances", 2);
        int lost = 0;
        try {
            lost = cuts.cut(field.cluster().brokerFolder(), strike.what(), partitions, strike.random());
            Evidence.last(strike.time());
        } finally {
            field.cluster().startBroker();
        }
        score.count("records cut off", lost);
        return lost > 0 ? Bite.of(lost + " records") : Bite.missed("there were too few records");
    }

    private Bite stopRoute(Strike strike) throws Exception {
        StormApi api = field.api();
        List<String> route = new ArrayList<>();
        if (!within(GLANCE, () -> {
            route.clear();
            api.routes().keySet().stream()
                    .filter(id -> id.replaceFirst("-v\\d+$", "").equals(strike.what()))
                    .forEach(route::add);
            return !route.isEmpty() && api.change(route.get(0), "stop").equals("Stopped");
        })) {
            return Bite.missed("the API did not stop it");
        }
        score.count("rebalances", 2);
        Evidence.last(strike.time());
        boolean stopped = within(
                Duration.ofSeconds(2), () -> "Stopped".equals(api.routes().get(route.get(0))));
        boolean started = within(GLANCE, () -> api.change(route.get(0), "start").equals("Started"));
        return stopped && started ? Bite.of("it was stopped") : Bite.missed("it did not stay stopped");
    }

    /** False if it did not come to pass, for whatever reason: the application may be away. */
    private static boolean within(Duration time, Callable<Boolean> done) {
        try {
            Awaitility.await()
                    .atMost(time)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(200))
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(done);
            return true;
        } catch (ConditionTimeoutException notInTime) {
            return false;
        }
    }

    /** Two that are right, or made so, and one that is wrong. */
    private Bite save() throws IOException {
        int swapped = 0;
        int rejected = 0;
        for (int i = 0; i < 3; i++) {
            double before = reloads("swapped");
            double refused = reloads("rejected");
            Save save = saves.next();
            score.count("rebalances", 2);
            if (save.due() == Due.REJECTED) {
                rejected += within(GLANCE, () -> reloads("rejected") > refused) ? 1 : 0;
                saves.mend();
            } else {
                swapped += within(GLANCE, () -> reloads("swapped") > before) ? 1 : 0;
            }
        }
        score.count("saves that ran", swapped);
        score.count("saves refused", rejected);
        String found = swapped + " ran, " + rejected + " refused";
        return swapped > 0 && rejected > 0 ? Bite.of(found) : Bite.missed(found);
    }

    private double reloads(String outcome) {
        AppProcess application = field.application();
        return application.hasStarted()
                ? application
                        .metric("rig_routes_reload_seconds_count\\{outcome=\"" + outcome + "\".*")
                        .orElse(0)
                : 0;
    }

    private Bite poison(Strike strike) throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = poison.bad(strike.what(), strike.random());
        sender.sendAll(records, PATIENCE);
        score.count("poison", records.size());
        return Bite.of(records.size() + " records acknowledged");
    }

    private Bite addPartitions(Strike strike) throws Exception {
        int before = partitions(strike.what());
        int after = Math.min(MOST_PARTITIONS, before + 1 + strike.random().nextInt(3));
        field.untilDone(() -> field.admin()
                .createPartitions(Map.of(strike.what(), NewPartitions.increaseTo(after)))
                .all());
        score.count("rebalances", 2);
        score.count(Storm.PARTITIONS_OF + strike.what(), 1);
        return partitions(strike.what()) > before
                ? Bite.of(before + " -> " + after)
                : Bite.missed("it has " + before + " already");
    }

    private int partitions(String topic) throws Exception {
        return field.admin()
                .describeTopics(List.of(topic))
                .allTopicNames()
                .get(5, TimeUnit.SECONDS)
                .get(topic)
                .partitions()
                .size();
    }

    private Bite makeAgain(Strike strike) throws Exception {
        sender.flush();
        // So many that most partitions soon pass the offsets that the route had come to.
        long burst = BURST + 2 * new StormGroups(field.admin()).records(strike.what());
        field.untilDone(() -> field.admin().deleteTopics(List.of(strike.what())).all());
        sender.madeAgain();
        within(PATIENCE, () -> !field.admin()
                .listTopics()
                .names()
                .get(5, TimeUnit.SECONDS)
                .contains(strike.what()));
        field.createInput();
        score.count("rebalances", 2);
        Random random = strike.random();
        sender.sendAll(
                Stream.generate(() -> poison.goodInput(random)).limit(burst).toList(), PATIENCE);
        return Bite.of(burst + " records are in it");
    }

    private Bite startSecond() throws InterruptedException {
        AppProcess first = field.application();
        if (!within(PATIENCE, () -> first.hasStarted() && first.routed() > 0)) {
            return Bite.missed("the first one is not at work");
        }
        try (AppProcess second = field.second()) {
            if (!within(PATIENCE, second::hasEnded)) {
                score.wrong("a second process with the same fleet and instance runs on: " + second.lastErrors());
                return Bite.of("it had to be killed");
            }
            String said = second.errors().strip();
            if (first.hasEnded()) {
                score.wrong("the first of two processes with the same fleet ended: " + first.lastErrors());
            }
            if (second.exitCode(Duration.ZERO) == 0 || said.isEmpty()) {
                score.wrong("the second one ended with " + second.exitCode(Duration.ZERO) + " and said " + said);
            }
            return Bite.of("it ended with " + second.exitCode(Duration.ZERO) + ": "
                    + said.substring(said.lastIndexOf('\n') + 1));
        }
    }

    private Bite join(Strike strike) throws Exception {
        AppProcess further = field.further();
        try {
            boolean works = within(PATIENCE, () -> further.hasStarted() && further.routed() > 0 || further.hasEnded());
            score.count("rebalances", 2);
            Evidence.last(strike.time());
            field.failed();
            boolean ended = further.hasEnded();
            switch (strike.what()) {
                case "killed" -> score.count("kills", 1);
                case "frozen" -> freezeAwhile(further, strike);
                default -> further.leave(PATIENCE);
            }
            if (ended && !StormField.isNotNow(further)) {
                score.wrong("an instance that joined ended by itself: " + further.lastErrors());
            }
            return works && !ended ? Bite.of("it routed, then " + strike.what()) : Bite.missed("it routed nothing");
        } finally {
            further.close();
        }
    }

    private static void freezeAwhile(AppProcess process, Strike strike) throws InterruptedException {
        process.freeze();
        Evidence.last(strike.time());
        process.thaw();
        process.leave(PATIENCE);
    }

    private Bite blockArchive(Strike strike) throws IOException {
        Path capture = field.archive().resolve("capture");
        Path away = field.archive().resolve("away");
        if (!Files.isDirectory(capture)) {
            return Bite.missed("there is no archive yet");
        }
        Files.move(capture, away);
        Files.writeString(capture, "a file where the folder must be");
        try {
            boolean red = within(strike.time().plus(GLANCE), () -> {
                AppProcess application = field.application();
                return application.hasStarted()
                        && application.readiness().orElse("").contains("the archive in");
            });
            Evidence.last(strike.time());
            return red ? Bite.of("readiness was red") : Bite.missed("readiness said nothing of it");
        } finally {
            Files.delete(capture);
            Files.move(away, capture);
        }
    }

    private Bite blockLetters(Strike strike) throws Exception {
        double before = field.failed();
        largestLetter(AlterConfigOp.OpType.SET);
        try {
            sender.sendAll(poison.bad("own/plain", strike.random()), PATIENCE);
            boolean failed = within(GLANCE.plus(strike.time()), () -> field.failed() > before);
            Evidence.last(strike.time());
            return failed ? Bite.of("batches failed") : Bite.missed("no batch failed");
        } finally {
            largestLetter(AlterConfigOp.OpType.DELETE);
        }
    }

    private void largestLetter(AlterConfigOp.OpType what) throws InterruptedException {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, DEAD_LETTERS);
        AlterConfigOp change = new AlterConfigOp(new ConfigEntry("max.message.bytes", "100"), what);
        field.untilDone(() -> field.admin()
                .incrementalAlterConfigs(Map.of(topic, List.of(change)))
                .all());
    }

    private Bite redrive(Strike strike) throws Exception {
        return command(strike, "deadletters", "redrive", "--all", "--limit", "100");
    }

    private Bite replay(Strike strike) throws Exception {
        String topic = strike.what().split(" ")[0];
        return command(strike, "replay", topic, "--into", topic + REPLAYED);
    }

    /** One that may fail while Kafka is away, and then does the rest when it is given again. */
    private Bite command(Strike strike, String... arguments) throws Exception {
        try (JarProcess command = field.command(arguments[0] + "-" + strike.number(), arguments)) {
            if (strike.what().endsWith("killed")) {
                Evidence.last(Duration.ofSeconds(1).plus(strike.time()));
                boolean ended = command.hasEnded();
                command.kill();
                return ended ? Bite.missed("it had ended") : Bite.of("it was killed");
            }
            // It goes on for as long as it gets anywhere, with outages between.
            if (!within(PATIENCE.multipliedBy(5), command::hasEnded)) {
                score.wrong(String.join(" ", arguments) + " does not end: " + AppProcess.end(command.toString()));
                return Bite.missed("it did not end");
            }
            int code = command.exitCode(Duration.ZERO);
            boolean sent = SENT.matcher(command.out()).find();
            return code == 0 && sent
                    ? Bite.of("it ended with 0 and had sent some")
                    : Bite.missed("it ended with " + code + ": " + said(command));
        }
    }

    private static String said(JarProcess command) {
        return AppProcess.end(command.err() + command.out()).replaceAll("\\s+", " ");
    }

    /** Lets the command do all there is to do; it may not fail any more. */
    void commandAtTheEnd(String name, String... arguments) throws Exception {
        try (JarProcess command = field.command(name, arguments)) {
            boolean ended = within(PATIENCE.multipliedBy(2), command::hasEnded);
            if (!ended || command.exitCode(Duration.ZERO) != 0) {
                score.wrong(String.join(" ", arguments) + " at the end"
                        + (ended ? " ended with " + command.exitCode(Duration.ZERO) : " did not end") + ": "
                        + said(command));
            }
        }
    }

    /** Everything that a fault may have left as it should not be. */
    void heal() throws Exception {
        if (!saves.isWhole()) {
            saves.restorePair();
        }
        StormApi api = field.api();
        boolean started = within(PATIENCE.multipliedBy(2), () -> {
            for (Map.Entry<String, String> route : api.routes().entrySet()) {
                if (!route.getValue().equals("Started")) {
                    score.say("is started again: " + route);
                    api.change(route.getKey(), "start");
                }
            }
            return api.routes().values().stream().allMatch("Started"::equals);
        });
        if (!started) {
            score.wrong("not all routes run again: " + field.application().lastErrors());
        }
    }

    /** Sends what users send all the time; nothing while their topic is being made again. */
    void feed(Random random) throws Exception {
        claims.steady(Claim.TOPICS, PATIENCE, () -> {
            sender.send(poison.goodInput(random));
            sender.send(poison.goodInput(random));
            return random.nextInt(4) == 0 ? sender.send(poison.goodTelemetry(random)) : null;
        });
    }
}
