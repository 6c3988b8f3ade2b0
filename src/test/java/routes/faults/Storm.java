package routes.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import routes.JarProcess;
import routes.archive.LocalStore;
import routes.faults.StormDraw.Strike;

/**
 * One storm: faults as the seed draws them, while rigs and users send; then everything is healed, comes to its end and is
 * judged, by the tests' own audit and by the command {@code audit}.
 */
final class Storm implements AutoCloseable {
    private static final Duration LEAVE = Duration.ofSeconds(60);
    private static final Duration CATCH_UP = Duration.ofSeconds(120);
    private static final Duration LAST_STRIKE = Duration.ofMinutes(6);
    private static final int BATCH = 500;
    private static final int FEED_MILLIS = 250;
    /** Begins a count of the score, which ends with a topic's name. */
    static final String PARTITIONS_OF = "partitions added to ";

    private final long seed;
    private final Duration length;
    private final StormScore score;
    private final StormField field;
    private final StormSender sender;
    private final StormActions actions;
    private final StormGroups groups;
    private final ScheduledExecutorService pool = Executors.newScheduledThreadPool(16);
    private final Map<String, Object> notes = new LinkedHashMap<>();
    private final Instant begun = Instant.now();

    Storm(long seed, Duration length, int rigs, Path data) throws Exception {
        this.seed = seed;
        this.length = length;
        this.score = new StormScore(StormReport.FOLDER.resolve("storm-" + seed + "-course.txt"));
        this.field = new StormField("storm-" + seed, score, data, rigs);
        StormClaims claims = new StormClaims();
        StormPoison poison = new StormPoison(seed);
        this.sender = new StormSender(field.cluster().bootstrap());
        this.actions = new StormActions(field, score, claims, sender, poison, seed);
        this.groups = new StormGroups(field.admin());
    }

    StormReport run() throws Exception {
        List<Strike> draw = StormDraw.of(seed, length);
        StormReport.keepDraw(seed, draw);
        Random random = new Random(seed);
        score.begin();
        pool.scheduleWithFixedDelay(quiet(field::lookAfterApplication), 500, 500, TimeUnit.MILLISECONDS);
        pool.scheduleWithFixedDelay(quiet(field::failed), 2, 2, TimeUnit.SECONDS);
        Future<?> feed =
                pool.scheduleWithFixedDelay(quiet(() -> actions.feed(random)), 0, FEED_MILLIS, TimeUnit.MILLISECONDS);
        List<Future<?>> strikes = new ArrayList<>();
        for (Strike strike : draw) {
            strikes.add(pool.schedule(() -> actions.strike(strike), strike.at(), TimeUnit.MILLISECONDS));
        }
        for (Future<?> strike : strikes) {
            awaitStrike(strike);
        }
        score.say("the storm is over");
        actions.heal();
        feed.cancel(false);
        comeToAnEnd();
        return judge();
    }

    private interface Doing {
        void now() throws Exception;
    }

    /** What fails because a fault is under way is done the next time. */
    private Runnable quiet(Doing doing) {
        return () -> {
            try {
                doing.now();
            } catch (Exception | AssertionError e) {
                score.count("chores that failed with " + e.getClass().getSimpleName(), 1);
            }
        };
    }

    private void awaitStrike(Future<?> strike) throws InterruptedException, ExecutionException {
        try {
            strike.get(
                    length.plus(LAST_STRIKE)
                            .minus(Duration.between(begun, Instant.now()))
                            .toMillis(),
                    TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            score.wrong("a fault does not end");
        }
    }

    /** All that was sent is handled, all letters are redriven, all of that is handled, and all is archived. */
    private void comeToAnEnd() throws Exception {
        awaitCaughtUp("after the storm");
        actions.commandAtTheEnd("redrive-at-the-end", "deadletters", "redrive", "--all");
        awaitCaughtUp("after the last redrive");
        field.stopApplication(LEAVE);
        field.startQuietApplication();
        awaitCaughtUp("without rigs");
        for (String topic : List.of(Evidence.TELEMETRY, StormPoison.INPUT)) {
            actions.commandAtTheEnd("replay-" + topic, "replay", topic, "--into", topic + StormActions.REPLAYED);
        }
    }

    private void awaitCaughtUp(String when) {
        // What is stuck stays so; everything else is judged all the same.
        groups.awaitCaughtUp(score.wrong().isEmpty() ? CATCH_UP : CATCH_UP.dividedBy(3))
                .forEach(behind -> score.wrong(when + ": " + behind));
        score.say("caught up " + when);
    }

    private StormReport judge() throws Exception {
        StormAudit audit = new StormAudit(field.cluster().bootstrap(), sender, actions.cuts());
        List<Stage> stages = new ArrayList<>(audit.run());
        audit.problems().forEach(score::wrong);
        StormArchive archive = StormArchive.of(new LocalStore(field.archive().resolve("capture")));
        stages.add(archive.stage(audit.telemetry().values(), actions.cuts().prints()));
        notes.put("files in the archive", archive.files());
        notes.put("messages of rigs that were cut off", audit.messagesCut());
        notes.put("copies of what was cut off", audit.copiesOfCut());
        notes.put("of these, whose place another record has", audit.copiesOfReplaced());
        notes.put("records of failed batches", field.failed());
        StormReplay replay = new StormReplay(field.cluster().bootstrap(), actions.cuts(), sender.generation() > 0);
        replay.check(Evidence.TELEMETRY, audit.telemetry()).forEach(score::wrong);
        replay.check(StormPoison.INPUT, audit.input()).forEach(score::wrong);
        compareWithTheCommand(stages, audit);
        long causes = score.count("kills") + score.count("rebalances") + (long) field.failed();
        return new StormReport(
                seed, length, Duration.between(begun, Instant.now()), score, stages, BATCH * causes, notes);
    }

    /** Each of its stages says what the tests' own audit says; what was cut off is lost to it, and its copies are altered. */
    private void compareWithTheCommand(List<Stage> stages, StormAudit audit) throws IOException, InterruptedException {
        try (JarProcess command = field.command("audit", "audit")) {
            int code = command.exitCode(CATCH_UP);
            JsonNode document = new ObjectMapper().readTree(command.out());
            notes.put("the command's verdict", "exit code " + code + ", good: " + document.path("good"));
            List<String> found = new ArrayList<>();
            document.path("stages").forEach(stage -> compare(stage, stages, audit, found));
            boolean cut = score.count("records cut off") > 0;
            if (!cut && code != 0 || !found.isEmpty()) {
                score.wrong("the command audit ended with " + code + ": " + found + document.path("findings")
                        + document.path("problems"));
            }
        }
    }

    private void compare(JsonNode said, List<Stage> stages, StormAudit audit, List<String> found) {
        String to = said.path("to").asText();
        List<Stage> own =
                stages.stream().filter(stage -> to.startsWith(stage.to())).toList();
        long lost = own.stream().mapToLong(Stage::lost).sum();
        long cut = to.equals(Evidence.TELEMETRY) ? audit.messagesCut() : 0;
        long reordered = own.stream().mapToLong(Stage::reordered).sum();
        expect(to + " lost", said.path("lost").asLong(), lost + cut, found);
        // Where partitions were added, a key has moved to another one: the command compares both, the tests' own audit
        // each.
        if (score.count(PARTITIONS_OF + to) == 0) {
            expect(to + " reordered", said.path("reordered").asLong(), reordered, found);
        }
        if (audit.copiesOfReplaced() == 0) {
            expect(to + " misrouted", said.path("misrouted").asLong(), 0, found);
            expect(to + " altered", said.path("altered").asLong(), 0, found);
        }
    }

    private static void expect(String what, long said, long own, List<String> found) {
        if (said != own) {
            found.add(what + " " + said + ", the tests' own audit has " + own);
        }
    }

    StormScore score() {
        return score;
    }

    @Override
    public void close() {
        pool.shutdownNow();
        sender.close();
        field.close();
    }
}
