package routes.cases;

import com.fasterxml.jackson.databind.util.ClassUtil;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import routes.check.Position;

/** One case, run once, and what came out of it held against what it says. */
final class CaseRun {
    private static final int MOST_SECONDS = 30;
    private static final String NOTHING = "nothing";

    private final RouteCase one;
    private final RouteIndex routes;
    private final CaseContext camel;
    private final Outlet outlet;
    private final Clock clock;
    private final List<CaseFailure> failures = new ArrayList<>();

    CaseRun(RouteCase one, RouteIndex routes, CaseContext camel, Outlet outlet, Clock clock) {
        this.one = one;
        this.routes = routes;
        this.camel = camel;
        this.outlet = outlet;
        this.clock = clock;
    }

    /** Runs it. */
    List<CaseFailure> failures() {
        CaseFeed feed = new CaseFeed(camel.consumer(one.route()), routes.topic(one.route()), clock);
        boolean batched = routes.readsBatches(one.route());
        camel.steps().fail(one.failing());
        try {
            Optional<Throwable> failure = inAThreadOfItsOwn(feed, batched);
            if (!camel.settled()) {
                throw new TimeoutException();
            }
            checkEnd(failure);
            if (batched) {
                checkCommit(feed, failure.isPresent());
            }
            checkOutput(outlet.empty());
        } catch (TimeoutException e) {
            fail(one.at(), "its end", "all steps done within " + MOST_SECONDS + " s", "still at work");
            outlet.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(one.at(), "its end", "all steps done", "interrupted");
        }
        return failures;
    }

    /** What steps remember of the batches of a thread is then nobody else's. */
    private Optional<Throwable> inAThreadOfItsOwn(CaseFeed feed, boolean batched)
            throws InterruptedException, TimeoutException {
        FutureTask<Optional<Throwable>> task =
                new FutureTask<>(() -> batched ? feed.batch(one.input()) : feed.each(one.input()));
        Thread thread = new Thread(task, "case");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(MOST_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return Optional.of(e.getCause());
        }
    }

    private void checkEnd(Optional<Throwable> failure) {
        String found = failure.map(CaseRun::root).orElse("no failure");
        if (failure.isPresent() && one.failure().isEmpty()) {
            fail(one.at(), "its end", "no failure", found);
        } else if (one.failure().filter(part -> !found.contains(part)).isPresent()) {
            fail(one.at(), "its end", "a failure with: " + one.failure().get(), found);
        }
    }

    private static String root(Throwable failure) {
        Throwable root = ClassUtil.getRootCause(failure);
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }

    private void checkCommit(CaseFeed feed, boolean failed) {
        if (failed == feed.committed()) {
            fail(
                    one.at(),
                    "the commit",
                    failed ? "none, since the batch failed" : "all records committed, since the batch ended well",
                    failed ? "committed: the records would be lost" : "not committed: they would be read again");
        }
    }

    private void checkOutput(List<SentRecord> sent) {
        Map<String, List<SentRecord>> found = new LinkedHashMap<>();
        one.output().keySet().forEach(topic -> found.put(topic, new ArrayList<>()));
        sent.forEach(record ->
                found.computeIfAbsent(record.to(), topic -> new ArrayList<>()).add(record));
        found.forEach((topic, records) -> compare(topic, one.output().getOrDefault(topic, List.of()), records));
    }

    private void compare(String topic, List<ExpectedRecord> expected, List<SentRecord> found) {
        for (int i = 0; i < Math.max(expected.size(), found.size()); i++) {
            String record = "record " + (i + 1) + " of " + topic;
            if (i >= expected.size()) {
                fail(one.at(), record, NOTHING, found.get(i).shown());
            } else if (i >= found.size()) {
                fail(expected.get(i).at(), record, "a record", NOTHING);
            } else {
                compare(record, expected.get(i), found.get(i));
            }
        }
    }

    private void compare(String record, ExpectedRecord expected, SentRecord found) {
        expected.said().stream()
                .flatMap(said -> said.differences(found, one.input()).stream())
                .forEach(difference -> fail(
                        expected.at(), record + ": " + difference.what(), difference.expected(), difference.found()));
    }

    private void fail(Position at, String message, String expected, String found) {
        failures.add(
                new CaseFailure(one.file(), at.line(), at.column(), one.name(), one.route(), message, expected, found));
    }
}
