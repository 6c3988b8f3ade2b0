package routes.deadletter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.KafkaException;
import routes.deadletter.NotedSender.Prepared;
import routes.deadletter.RedriveReport.Refusal;
import routes.kafka.Pace;
import routes.kafka.Rate;
import routes.kafka.SendWatch;
import routes.settings.ConfigurationException;
import routes.settings.UnreachableException;

/** One run: counts what is asked for, then sends it in batches, at the pace asked for. */
final class RedriveRun implements NotedSender.Outcome {
    /** The most that is sent and not yet noted at any time. */
    static final int MAX_IN_FLIGHT = 100;

    private static final long MAX_BYTES_IN_FLIGHT = 16L << 20;

    private final RedriveRequest request;
    private final SendWatch watch;
    private final LetterTopic letters;
    private final RedriveLedger ledger;
    private final Originals originals;
    private final Optional<NotedSender> sender;

    private final Map<String, Long> sentByTopic = new TreeMap<>();
    private final List<Refusal> refused = new ArrayList<>();
    private final List<Prepared> batch = new ArrayList<>();
    private long batchBytes;
    private long asked;
    private long alreadyRedriven;
    private long sent;
    private boolean stopped;
    private final Pace pace;

    RedriveRun(
            RedriveRequest request,
            SendWatch watch,
            LetterTopic letters,
            RedriveLedger ledger,
            Originals originals,
            Optional<NotedSender> sender) {
        this.request = request;
        this.watch = watch;
        this.letters = letters;
        this.ledger = ledger;
        this.originals = originals;
        this.sender = sender;
        this.pace = new Pace(request.dryRun() ? Rate.MAX : Rate.perSecond(request.perSecond()), System::nanoTime);
    }

    /** @throws LetterException if more is asked for than the request allows; nothing has been sent then */
    RedriveReport run() {
        asked = request.letters().isEmpty() ? count() : request.letters().size();
        if (most() > request.max()) {
            throw new LetterException(most() + " letters are asked for, and at most " + request.max()
                    + " are sent in one run (deadletters.redrive-max); narrow the filter, use --limit, or allow it with"
                    + " --max " + most());
        }
        RuntimeException failure = null;
        watch.progress(0, most());
        try {
            sendWhatIsAskedFor();
        } catch (LetterException | KafkaException | ConfigurationException e) {
            failure = e;
        }
        return new RedriveReport(
                letters.isEmpty(),
                request.dryRun(),
                sentByTopic,
                alreadyRedriven,
                refused,
                Math.max(0, asked - alreadyRedriven - sent - refused.size()),
                stopped,
                failure == null ? null : failure.getMessage(),
                failure instanceof UnreachableException);
    }

    /** The most letters that this run can come to send. */
    private long most() {
        return Math.min(request.limit(), asked - alreadyRedriven);
    }

    private long count() {
        long[] matching = {0};
        letters.read(request.filter().since(), letter -> {
            if (request.filter().test(letter)) {
                matching[0]++;
                alreadyRedriven += ledger.has(letter) ? 1 : 0;
            }
            return goesOn();
        });
        return matching[0];
    }

    private void sendWhatIsAskedFor() {
        if (request.letters().isEmpty()) {
            letters.read(
                    request.filter().since(),
                    letter -> !request.filter().test(letter) || ledger.has(letter) || take(letter));
        } else {
            request.letters().stream().takeWhile(id -> goesOn()).forEach(this::takeNamed);
        }
        flush();
    }

    private void takeNamed(LetterId id) {
        Letter letter;
        try {
            letter = letters.at(id);
        } catch (LetterException noSuchLetter) {
            refused.add(new Refusal(id.toString(), noSuchLetter.getMessage()));
            return;
        }
        if (ledger.has(letter)) {
            alreadyRedriven++;
        } else {
            take(letter);
        }
    }

    /** @return whether more is wanted */
    private boolean take(Letter letter) {
        try {
            Prepared prepared = new Prepared(letter, originals.of(letter));
            batch.add(prepared);
            batchBytes +=
                    prepared.record().value() == null ? 0 : prepared.record().value().length;
        } catch (LetterRefusedException e) {
            refused(letter, e.getMessage());
        }
        if (batch.size() >= batchSize() || batchBytes >= MAX_BYTES_IN_FLIGHT) {
            flush();
        }
        return goesOn();
    }

    /** At a slow pace what a second may take, so that it is kept evenly. */
    private long batchSize() {
        long atPace = (long) Math.max(1, Math.min(MAX_IN_FLIGHT, request.perSecond()));
        return Math.min(atPace, request.limit() - sent);
    }

    private boolean goesOn() {
        stopped |= watch.stopWithin(Duration.ZERO);
        return !stopped && sent < request.limit();
    }

    private void flush() {
        if (!batch.isEmpty()) {
            stopped |= !pace.await(sent, 0, watch, () -> {
                sender.ifPresent(NotedSender::hold);
                return true;
            });
        }
        if (!batch.isEmpty() && !stopped) {
            sender.ifPresentOrElse(
                    to -> to.send(batch, this),
                    () -> batch.forEach(one -> sent(one.letter(), one.record().topic())));
            watch.progress(sent + refused.size(), most());
        }
        batch.clear();
        batchBytes = 0;
    }

    @Override
    public void sent(Letter letter, String topic) {
        sent++;
        sentByTopic.merge(topic, 1L, Long::sum);
    }

    @Override
    public void refused(Letter letter, String why) {
        refused.add(new Refusal(letter.id().toString(), why));
    }
}
