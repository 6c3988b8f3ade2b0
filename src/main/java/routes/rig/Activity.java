package routes.rig;

/** Activity codes: 0 to 10 of WITS level 0 (item 07 of record 1), the rest as they are commonly used beside them. */
final class Activity {
    static final int RIG_UP = 1;
    static final int DRILLING = 2;
    static final int CONNECTION = 3;
    static final int REAMING = 4;
    static final int CIRCULATING = 7;
    static final int TRIPPING_IN = 8;
    static final int TRIPPING_OUT = 9;
    static final int LUBRICATE = 10;
    static final int REPAIR = 11;
    static final int CUT_AND_SLIP = 12;
    static final int WIRELINE = 14;
    static final int RUN_CASING = 15;
    static final int CEMENT = 16;
    static final int NIPPLE_UP_BOP = 21;
    static final int TEST_BOP = 22;
    static final int WAIT_ON_WEATHER = 28;
    static final int FLOW_CHECK = 30;
    static final int SHORT_TRIP_OUT = 33;
    static final int SHORT_TRIP_IN = 34;

    private Activity() {}
}
