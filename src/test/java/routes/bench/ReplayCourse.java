package routes.bench;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/** Send all of an archive to a topic. What is seen are the records that stand there. */
final class ReplayCourse implements Turns.Course {
    private final BenchBroker broker;
    private final Prints prints;
    private final List<TopicPartition> partitions;
    private Map<TopicPartition, Long> before = Map.of();

    ReplayCourse(BenchBroker broker, Prints prints) throws Exception {
        this.broker = broker;
        this.prints = prints;
        this.partitions = broker.partitions(List.of(ArchiveBench.REPLAYED));
    }

    @Override
    public void prepare(Race.Entrant entrant, Path folder) throws Exception {
        before = broker.endOffsets(partitions);
    }

    @Override
    public long done(Path folder) throws Exception {
        return broker.endOffsets(partitions).entrySet().stream()
                .mapToLong(end -> end.getValue() - before.get(end.getKey()))
                .sum();
    }

    @Override
    public long check(Race.Entrant entrant, Path folder) throws Exception {
        Map<Integer, Long> next = new HashMap<>();
        broker.read(before, broker.endOffsets(partitions), record -> {
            long offset = next.merge(record.partition(), 1L, Long::sum) - 1;
            List<Header> own = Stream.of(record.headers().toArray())
                    .filter(header -> !header.key().startsWith("replay"))
                    .toList();
            if (offset >= prints.records(record.partition())
                    || Prints.print(record.key(), record.value(), own) != prints.print(record.partition(), offset)) {
                throw new BenchFailedException(entrant.label() + ": record " + offset + " of partition "
                        + record.partition() + " is not the one that stands in the archive there");
            }
        });
        for (int partition = 0; partition < prints.partitions(); partition++) {
            if (next.getOrDefault(partition, 0L) != prints.records(partition)) {
                throw new BenchFailedException(entrant.label() + " has sent " + next.get(partition)
                        + " records of partition " + partition + ", expected " + prints.records(partition));
            }
        }
        return done(folder);
    }

    @Override
    public void clear(Path folder) throws Exception {
        broker.clear(broker.endOffsets(partitions));
    }
}
