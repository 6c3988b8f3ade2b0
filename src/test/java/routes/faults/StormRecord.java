package routes.faults;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that a route had to handle.
 *
 * @param place topic/partition/offset
 * @param source what its bytes say; of a user's record its kind and checksum alone mean something
 * @param name that the storm gave it; empty if a rig sent it
 * @param redriven whether it was sent again, so that no order is asked of it
 */
record StormRecord(String place, Source source, StormPrint print, long appended, String name, boolean redriven) {
    private static final String REDRIVEN = "dlq.redrive-count";

    static StormRecord ofTelemetry(ConsumerRecord<byte[], byte[]> record) {
        return of(record, Source.of(record));
    }

    static StormRecord ofUser(ConsumerRecord<byte[], byte[]> record) {
        return of(record, Source.ofUser(record));
    }

    private static StormRecord of(ConsumerRecord<byte[], byte[]> record, Source source) {
        return new StormRecord(
                StormCuts.place(record),
                source,
                StormPrint.of(record),
                record.timestamp(),
                Source.header(record, StormPoison.NAME).orElse(""),
                record.headers().lastHeader(REDRIVEN) != null);
    }

    @Override
    public String toString() {
        return place + (name.isEmpty() ? "" : " (" + name + ")") + " of " + source.rig() + " " + source.kind()
                + (redriven ? ", redriven" : "");
    }
}
