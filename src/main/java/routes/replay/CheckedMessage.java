package routes.replay;

/**
 * What the audit has to know of a valid message.
 *
 * @param slices by the number of the subsystem, the fingerprint of what belongs on its topic: envelope, names and
 *     values; 0 where the message has no channel of it
 * @param plain whether there is nothing in it beside the seven fields and channels that are known
 */
record CheckedMessage(String rig, long seq, int activity, long[] slices, boolean plain) {

    /** As a slice of one subsystem: its fingerprint, or 0 if there is anything else in it. */
    long asSliceOf(int subsystem) {
        for (int i = 0; i < slices.length; i++) {
            if (i != subsystem && slices[i] != 0) {
                return 0;
            }
        }
        return plain ? slices[subsystem] : 0;
    }
}
