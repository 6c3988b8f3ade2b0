package routes.replay;

/**
 * What {@link AuditReport.Finding} says beside stage and kind.
 *
 * @param rig null where it is not known, as is {@code seq}
 * @param source where the record stands that it is about; null for none
 * @param at where the copy stands; null for none
 */
record Found(String rig, Long seq, String source, String at, String sentence) {

    /** @param sentence what is to be said of the copy, with {@code %s} for where it stands */
    static Found copy(Copy copy, SourceRecord record, String sentence) {
        return of(record, copy.position(), String.format(sentence, copy.position()));
    }

    /** As {@link #copy}, of a copy of which no more is known than where it and its source stand. */
    static Found copyOnly(Copy copy, String sentence) {
        return new Found(
                null,
                null,
                copy.source(),
                copy.position(),
                "a copy of " + copy.source() + " " + String.format(sentence, copy.position()));
    }

    /** @param sentence what is to be said of a record that has no copy on the topic, with {@code %s} for the topic */
    static Found missing(SourceRecord record, String topic, String sentence) {
        return of(record, null, String.format(sentence, topic));
    }

    private static Found of(SourceRecord record, String at, String sentence) {
        return record.isMessage()
                ? new Found(
                        record.rig.name(),
                        record.seq,
                        record.position(),
                        at,
                        record.rig.name() + " seq " + record.seq + " (" + record.position() + ") " + sentence)
                : new Found(
                        null, null, record.position(), at, record.position() + ", which is no message, " + sentence);
    }
}
