package routes.replay;

/**
 * A topic on which the audit looks for copies.
 *
 * @param route number of the route that sends there; of the dead letters, the one that sends what is invalid
 * @param slot which fingerprint of a source record its copy must have: 0 is the whole record, the slices follow
 */
record Output(String topic, int route, Kind kind, int slot) {
    /** What a copy is. */
    enum Kind {
        /** The record itself, by what its rig is doing. */
        WHOLE,
        /** The record itself, if it meets a condition that is the user's to choose. */
        CHOSEN,
        /** The channels of one subsystem. */
        SLICE,
        /** The record itself with a reason. */
        LETTER
    }
}
