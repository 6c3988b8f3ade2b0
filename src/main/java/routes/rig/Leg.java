package routes.rig;

/**
 * A part of the well's plan that takes a fixed number of seconds and in which the rig's motion has a closed form.
 * Heights and lengths are those of a triple: 3 joints of 9.14 m to the stand.
 */
sealed interface Leg permits Drilling, Tripping, Reaming, Circulating, Standing {
    /** A joint of drill pipe, m. */
    double JOINT = 9.14;
    /** A stand, m. */
    double STAND = 3 * JOINT;
    /** Block height when the bit is on bottom with the stand drilled down, m. */
    double LOW = 0.45;
    /** How far off bottom the string is set in slips, m. */
    double OFF_BOTTOM = 0.4;
    /** Block height with the string in slips: before a stand is added, and with it, m. */
    double SLIPS_LOW = LOW + OFF_BOTTOM;

    double SLIPS_HIGH = SLIPS_LOW + STAND;
    /** Longer than any memory of the rig, s. */
    double LONG = 1e6;

    /** Whole seconds it takes. */
    int seconds();

    /** Seconds at full pump rate in it. */
    double circulation();

    /**
     * @param s seconds into the leg, from 0 to below {@link #seconds()}
     * @param before how it found the rig
     * @param key of this leg in this well, for what varies
     */
    Motion at(double s, Before before, long key);

    /** How it leaves the rig to the next. */
    Before after(Before before);
}
