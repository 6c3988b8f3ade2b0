package routes.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static routes.deadletter.SampleLetters.connect;
import static routes.deadletter.SampleLetters.header;
import static routes.deadletter.SampleLetters.ours;
import static routes.deadletter.TestLetters.bytes;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import routes.broker.BrokerExtension;
import routes.broker.TestBroker;
import routes.kafka.SendWatch;

@ExtendWith(BrokerExtension.class)
class RedriveIT {
    /** For a producer that is to give up. */
    private static final Map<String, Object> HASTY = Map.of(
            "max.request.size", 1_048_576,
            "delivery.timeout.ms", 3_000,
            "request.timeout.ms", 1_000,
            "max.block.ms", 3_000);

    @TempDir
    private Path store;

    private TestBroker broker;
    private TestLetters letters;

    @BeforeEach
    void setUp(TestBroker broker) {
        this.broker = broker;
        letters = new TestLetters(broker);
    }

    @AfterEach
    void tearDown() {
        letters.close();
    }

    @Test
    void theOriginalBytesArriveOnceAndTheLettersStay() {
        byte[] binary = {0, (byte) 0xff, 10, 13};
        Header own = new RecordHeader("own", binary);
        letters.add(1, bytes("RIG-1"), binary, ours(letters.original(), 3, 10, "not-json", own));
        letters.add(1, null, bytes("no key"), ours(letters.original(), 3, 11, "key-mismatch"));
        letters.add(2, bytes("RIG-2"), null, ours(letters.original(), 2, 12, "empty"));
        List<ConsumerRecord<byte[], byte[]>> before = letters.all(letters.topic());

        RedriveReport report = run(all());

        assertThat(report.sent()).containsExactly(Map.entry(letters.original(), 3L));
        assertThat(report.refused()).isEmpty();
        List<ConsumerRecord<byte[], byte[]>> redriven = letters.redriven();
        assertThat(redriven).extracting(ConsumerRecord::partition).containsExactly(2, 3, 3);
        assertThat(redriven).extracting(ConsumerRecord::key).containsExactly(bytes("RIG-2"), bytes("RIG-1"), null);
        assertThat(redriven).extracting(ConsumerRecord::value).containsExactly(null, binary, bytes("no key"));
        assertThat(redriven.get(1).headers())
                .containsExactly(
                        own,
                        header("dlq.first-failed-at", "2026-11-20T10:00:00Z"),
                        header("source", letters.topic() + "/1/0"),
                        header("dlq.redrive-count", "1"));
        assertThat(run(all())).satisfies(again -> {
            assertThat(again.sent()).isEmpty();
            assertThat(again.alreadyRedriven()).isEqualTo(3);
        });
        assertThat(letters.redriven()).hasSize(3);
        assertThat(letters.all(letters.topic())).usingRecursiveComparison().isEqualTo(before);
    }

    @Test
    void theLedgerSaysWhereEachLetterWent() {
        LetterId id = letters.add("RIG-1", "bad", "not-json");

        run(all());

        assertThat(letters.ledger()).singleElement().satisfies(entry -> {
            assertThat(entry.key()).isEqualTo(bytes(letters.topic() + "/0/" + id.offset()));
            assertThat(new String(entry.value(), UTF_8))
                    .matches("\\{\"letter\":\"20[^\"]*Z\",\"time\":\"20[^\"]*Z\",\"run\":\"[^\"]+\",\"target\":\""
                            + letters.original() + "/0/0\"}");
        });
    }

    @Test
    void aLetterOfKafkaConnectIsRedriven() {
        letters.add(0, bytes("k"), bytes("v"), connect(letters.original(), 2, 5, header("trace", "t")));

        assertThat(run(all()).sentInAll()).isEqualTo(1);
        assertThat(letters.redriven()).singleElement().satisfies(record -> {
            assertThat(record.partition()).isEqualTo(2);
            assertThat(record.headers())
                    .containsExactly(
                            header("trace", "t"),
                            header("source", letters.topic() + "/0/0"),
                            header("dlq.redrive-count", "1"));
        });
    }

    @Test
    void whatCannotBeSentIsRefusedWithItsReasonAndHoldsNothingUp() throws Exception {
        byte[] value = random(100_000);
        LetterId gone = add("rig.gone", "a");
        LetterId bare = letters.add(0, bytes("k"), bytes("no headers"), List.of());
        LetterId missing = addStored(1, "ab", value.length);
        LetterId altered = addStored(2, OversizeStore.sha256(value), value.length);
        new OversizeStore(store).keep(letters.original() + "/0/2", Letter.Part.VALUE, bytes("altered"));
        LetterId whole = addStored(3, OversizeStore.sha256(value), value.length);
        new OversizeStore(store).keep(letters.original() + "/0/3", Letter.Part.VALUE, value);
        byte[] huge = random(1_100_000);
        LetterId tooLarge = addStored(4, OversizeStore.sha256(huge), huge.length);
        new OversizeStore(store).keep(letters.original() + "/0/4", Letter.Part.VALUE, huge);
        letters.add("RIG-1", "last", "not-json");

        RedriveReport report = run(all());

        assertThat(report.failure()).isNull();
        assertThat(report.sent()).containsExactly(Map.entry(letters.original(), 2L));
        Map<String, String> refused = report.refused().stream()
                .collect(Collectors.toMap(RedriveReport.Refusal::letter, RedriveReport.Refusal::reason));
        assertThat(refused)
                .hasSize(5)
                .hasEntrySatisfying(
                        gone.toString(), why -> assertThat(why).isEqualTo("its topic rig.gone does not exist"))
                .hasEntrySatisfying(
                        bare.toString(), why -> assertThat(why).startsWith("it does not say where it is from"))
                .hasEntrySatisfying(missing.toString(), why -> assertThat(why).contains("1.bin is not in " + store))
                .hasEntrySatisfying(altered.toString(), why -> assertThat(why).contains("2.bin is not what was stored"))
                .hasEntrySatisfying(tooLarge.toString(), why -> assertThat(why)
                        .startsWith(letters.original() + " does not take it: ")
                        .contains("1048576"));
        assertThat(letters.redriven()).extracting(ConsumerRecord::value).containsExactly(value, bytes("last"));
        assertThat(letters.ledger()).hasSize(2);
        assertThat(run(named(whole, gone, new LetterId(0, 99), new LetterId(9, 0))))
                .satisfies(again -> {
                    assertThat(again.sentInAll()).isZero();
                    assertThat(again.alreadyRedriven()).isEqualTo(1);
                    assertThat(again.refused())
                            .containsExactlyInAnyOrder(
                                    new RedriveReport.Refusal(gone.toString(), "its topic rig.gone does not exist"),
                                    new RedriveReport.Refusal(
                                            "0:99",
                                            "there is no letter 0:99: partition 0 of " + letters.topic()
                                                    + " ends before offset 7"),
                                    new RedriveReport.Refusal(
                                            "9:0",
                                            "there is no letter 9:0: " + letters.topic()
                                                    + " has the partitions 0 to 3"));
                });
    }

    @Test
    void aTopicThatTheBrokerRefusesToFillIsTheLettersOwnMatter() {
        broker.setConfig(letters.original(), "max.message.bytes", "1000");
        LetterId large = letters.add(0, bytes("k"), random(2_000), ours(letters.original(), 0, 1, "failed"));
        letters.add("k", "small", "failed");

        RedriveReport report = run(all());

        assertThat(report.refused()).singleElement().satisfies(refusal -> {
            assertThat(refusal.letter()).isEqualTo(large.toString());
            assertThat(refusal.reason()).contains("max.message.bytes");
        });
        assertThat(letters.redrivenValues()).containsExactly("small");
    }

    @Test
    void aLimitEndsARunAndTheNextGoesOn() {
        letters.addMany(25);

        RedriveReport first = run(new RedriveRequest(LetterFilter.ALL, List.of(), 10, 10, 1e9, false));
        RedriveReport second = run(all());

        assertThat(first.sentInAll()).isEqualTo(10);
        assertThat(first.left()).isEqualTo(15);
        assertThat(first.stopped()).isFalse();
        assertThat(second.sentInAll()).isEqualTo(15);
        assertThat(second.alreadyRedriven()).isEqualTo(10);
        assertEachOnce(25);
    }

    @Test
    void lettersOfAPartitionKeepTheirOrder() {
        letters.addMany(400);

        run(all());

        Map<Integer, List<Integer>> byPartition = letters.redriven().stream()
                .collect(Collectors.groupingBy(
                        ConsumerRecord::partition,
                        Collectors.mapping(
                                record -> Integer.parseInt(new String(record.value(), UTF_8)), Collectors.toList())));
        assertThat(byPartition).hasSize(4).allSatisfy((partition, values) -> assertThat(values)
                .hasSize(100)
                .isSorted());
    }

    @Test
    void moreThanIsAllowedIsRefusedBeforeAnyIsSent() {
        letters.addMany(11);

        assertThatThrownBy(() -> run(new RedriveRequest(LetterFilter.ALL, List.of(), Long.MAX_VALUE, 10, 1e9, false)))
                .isInstanceOf(LetterException.class)
                .hasMessage("11 letters are asked for, and at most 10 are sent in one run (deadletters.redrive-max);"
                        + " narrow the filter, use --limit, or allow it with --max 11");
        assertThat(letters.redriven()).isEmpty();
    }

    @Test
    void aDryRunSaysWhatWouldBecomeOfEachAndSendsNothing() {
        letters.addMany(3);
        add("rig.gone", "x");

        RedriveReport report = run(new RedriveRequest(LetterFilter.ALL, List.of(), 100, 100, 0.1, true));

        assertThat(report.sent()).containsExactly(Map.entry(letters.original(), 3L));
        assertThat(report.refused()).hasSize(1);
        assertThat(letters.redriven()).isEmpty();
        assertThat(letters.ledger()).isEmpty();
    }

    @Test
    void aFilterSendsWhatItLetsThrough() {
        letters.add("RIG-1", "one", "not-json");
        letters.add("RIG-2", "two", "not-json");
        letters.add("RIG-2", "three", "empty");
        LetterFilter filter = new LetterFilter(
                Optional.empty(), Set.of("not-json"), Optional.of("RIG-2"), Optional.empty(), Optional.empty());

        assertThat(run(filtered(filter)).sentInAll()).isEqualTo(1);
        assertThat(run(all()).sentInAll()).isEqualTo(2);
        assertThat(letters.redrivenValues()).containsExactly("two", "one", "three");
    }

    @Test
    void whatMatchesNothingAndAnEmptyTopicAreGoodAndSendNothing() {
        assertThat(run(all())).satisfies(report -> {
            assertThat(report.empty()).isTrue();
            assertThat(report.sentInAll() + report.left() + report.alreadyRedriven())
                    .isZero();
        });
        letters.add("RIG-1", "one", "not-json");
        LetterFilter other = new LetterFilter(
                Optional.empty(), Set.of("too-deep"), Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(run(filtered(other))).satisfies(report -> {
            assertThat(report.empty()).isFalse();
            assertThat(report.sentInAll() + report.left() + report.alreadyRedriven())
                    .isZero();
        });
    }

    @Test
    void aRunEndsWhereTheTopicEndedWhenItBegan() {
        letters.addMany(150);
        AtomicBoolean failedAgain = new AtomicBoolean();

        RedriveReport report = run(all(), watch((done, all) -> {
            if (failedAgain.compareAndSet(false, true)) {
                letters.addMany(50);
            }
        }));

        assertThat(failedAgain).isTrue();
        assertThat(report.sentInAll()).isEqualTo(150);
        assertThat(run(all()).sentInAll()).isEqualTo(50);
    }

    @Test
    void aSlowPaceIsKept() {
        letters.addMany(30);
        long start = System.nanoTime();

        RedriveReport report = run(new RedriveRequest(LetterFilter.ALL, List.of(), 100, 100, 10, false));

        assertThat(report.sentInAll()).isEqualTo(30);
        // Three batches of ten: the third is due when the first two have had a second each.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void aRunThatIsToldToStopFinishesItsBatchAndTheNextGoesOn() {
        letters.addMany(250);
        AtomicBoolean stop = new AtomicBoolean();

        RedriveReport first = run(all(), new SendWatch() {
            @Override
            public void progress(long done, long all) {
                stop.set(done > 0);
            }

            @Override
            public boolean stopWithin(Duration time) {
                return stop.get();
            }
        });

        assertThat(first.stopped()).isTrue();
        assertThat(first.sentInAll()).isEqualTo(100);
        assertThat(first.left()).isEqualTo(150);
        assertThat(run(all()).sentInAll()).isEqualTo(150);
        assertEachOnce(250);
    }

    @Test
    void aSecondRunIsRefusedAndNamesTheFirstWhichGoesOn() throws Exception {
        letters.addMany(250);
        CountDownLatch underWay = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<RedriveReport> first = CompletableFuture.supplyAsync(() -> run(all(), watch((done, all) -> {
            underWay.countDown();
            await(goOn);
        })));
        await(underWay);

        assertThatThrownBy(() -> run(all()))
                .isInstanceOf(LetterException.class)
                .hasMessageMatching("another redrive is under way: redrive-.*-"
                        + ProcessHandle.current().pid() + "-[0-9a-f]{4} at 127\\.0\\.0\\.1; one runs at a time\\..*");
        goOn.countDown();

        assertThat(first.get(60, TimeUnit.SECONDS).sentInAll()).isEqualTo(250);
        assertThat(run(all()).alreadyRedriven()).isEqualTo(250);
        assertEachOnce(250);
    }

    @Test
    void runsThatBeginAtTheSameMomentSendEachLetterOnce() {
        letters.addMany(300);
        Function<Integer, CompletableFuture<Object>> one = number -> CompletableFuture.supplyAsync(() -> {
            try {
                return run(all());
            } catch (LetterException refused) {
                return refused;
            }
        });

        List<Object> outcomes = IntStream.range(0, 4).boxed().map(one).toList().stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(outcomes)
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOfAny(RedriveReport.class, LetterException.class));
        run(all());
        assertEachOnce(300);
    }

    /** As if the process died between sending a batch and noting it. */
    @Test
    void whatWasSentAndNotNotedIsSentOnceMoreAndNothingIsLost() {
        letters.addMany(250);
        broker.setConfig(RedriveLedger.TOPIC, "max.message.bytes", "80");
        RedriveReport failed;
        try {
            failed = run(all(), watch((done, all) -> {}), HASTY);
        } finally {
            broker.setConfig(RedriveLedger.TOPIC, "max.message.bytes", "1000000");
        }

        assertThat(failed.failure()).startsWith("up to 100 letters were sent, but could not be noted in rig.redrives");
        assertThat(letters.redriven()).hasSize(100);
        assertThat(run(all()).sentInAll()).isEqualTo(250);
        List<String> values = letters.redrivenValues();
        assertThat(new HashSet<>(values)).hasSize(250);
        assertThat(values).hasSize(350);
    }

    @Test
    void aTopicThatIsGoneInTheMiddleOfARunEndsItAndTheNextGoesOn() {
        letters.addMany(120);

        RedriveReport failed = run(
                all(),
                watch((done, all) -> {
                    if (done > 0) {
                        broker.deleteTopic(letters.original());
                    }
                }),
                HASTY);
        RedriveReport refused = run(all());
        broker.createTopic(letters.original(), TestLetters.PARTITIONS, Map.of());
        RedriveReport last = run(all());

        assertThat(failed.sentInAll()).isEqualTo(100);
        assertThat(failed.failure()).startsWith("Kafka did not take letter ").contains(letters.original());
        assertThat(failed.left()).isEqualTo(20);
        assertThat(refused.refused()).hasSize(20);
        assertThat(last.sentInAll()).isEqualTo(20);
        assertThat(letters.redriven()).hasSize(20);
    }

    @Test
    void expiredLettersAreForgottenAndThoseOfANewTopicOfThatNameAreNot() throws Exception {
        letters.add("k", "first", "not-json");
        letters.add("k", "second", "not-json");
        run(all());
        broker.admin()
                .deleteRecords(Map.of(new TopicPartition(letters.topic(), 0), RecordsToDelete.beforeOffset(1)))
                .all()
                .get();

        assertThat(run(named(new LetterId(0, 0))).refused())
                .containsExactly(new RedriveReport.Refusal(
                        "0:0", "letter 0:0 has expired: partition 0 of " + letters.topic() + " begins at offset 1"));
        assertThat(letters.ledger().stream().filter(entry -> entry.value() == null))
                .singleElement()
                .satisfies(entry -> assertThat(entry.key()).isEqualTo(bytes(letters.topic() + "/0/0")));

        broker.deleteTopic(letters.topic());
        broker.createTopic(letters.topic(), TestLetters.PARTITIONS, Map.of());
        letters.add("k", "third", "not-json");
        letters.add("k", "fourth", "not-json");

        assertThat(run(all()).sentInAll()).isEqualTo(2);
        assertThat(letters.redrivenValues()).containsExactly("first", "second", "third", "fourth");
    }

    @Test
    void noOtherGroupIsTouched() throws Exception {
        letters.addMany(5);
        TopicPartition partition = new TopicPartition(letters.topic(), 0);
        String group = "of-" + letters.topic();
        broker.admin()
                .alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(1)))
                .all()
                .get();

        run(all());

        assertThat(broker.admin()
                        .listConsumerGroupOffsets(group)
                        .partitionsToOffsetAndMetadata()
                        .get())
                .containsExactly(Map.entry(partition, new OffsetAndMetadata(1)));
        assertThat(broker.admin()
                        .listConsumerGroupOffsets(RedriveLock.GROUP)
                        .partitionsToOffsetAndMetadata()
                        .get())
                .containsOnlyKeys(new TopicPartition(RedriveLedger.TOPIC, 0));
    }

    private LetterId add(String originalTopic, String value) {
        return letters.add(0, bytes("k"), bytes(value), ours(originalTopic, 0, 1, "failed"));
    }

    private LetterId addStored(long originalOffset, String sha256, int size) {
        Path file = store.resolve(letters.original()).resolve("0").resolve(originalOffset + ".bin");
        return letters.add(
                0,
                bytes("k"),
                bytes("beginning"),
                ours(
                        letters.original(),
                        0,
                        originalOffset,
                        "too-large",
                        header("dlq.stored-path", file.toString()),
                        header("dlq.stored-sha256", sha256),
                        header("dlq.stored-bytes", Integer.toString(size))));
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private void assertEachOnce(int count) {
        assertThat(letters.redrivenValues())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, count).mapToObj(Integer::toString).toList());
    }

    private static RedriveRequest all() {
        return filtered(LetterFilter.ALL);
    }

    private static RedriveRequest filtered(LetterFilter filter) {
        return new RedriveRequest(filter, List.of(), Long.MAX_VALUE, 100_000, Double.POSITIVE_INFINITY, false);
    }

    private static RedriveRequest named(LetterId... ids) {
        return new RedriveRequest(
                LetterFilter.ALL, List.of(ids), Long.MAX_VALUE, 100_000, Double.POSITIVE_INFINITY, false);
    }

    private RedriveReport run(RedriveRequest request) {
        return run(request, watch((done, all) -> {}));
    }

    private RedriveReport run(RedriveRequest request, SendWatch watch) {
        return run(request, watch, Map.of("max.request.size", 1_048_576));
    }

    private RedriveReport run(RedriveRequest request, SendWatch watch, Map<String, Object> producer) {
        return new Redrive(
                        letters.client(),
                        producer,
                        letters.topic(),
                        RedriveTargets.only(letters.original()),
                        new StoredValues(store),
                        Clock.systemUTC())
                .run(request, watch);
    }

    private interface Progress {
        void of(long done, long all);
    }

    /** Never wants to end. */
    private static SendWatch watch(Progress progress) {
        return new SendWatch() {
            @Override
            public void progress(long done, long all) {
                progress.of(done, all);
            }

            @Override
            public boolean stopWithin(Duration time) {
                await(new CountDownLatch(1), time);
                return false;
            }
        };
    }

    private static void await(CountDownLatch latch) {
        assertThat(await(latch, Duration.ofSeconds(60))).isTrue();
    }

    private static boolean await(CountDownLatch latch, Duration time) {
        try {
            return latch.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
