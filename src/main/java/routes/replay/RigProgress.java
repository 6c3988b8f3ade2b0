package routes.replay;

import java.util.Arrays;

/** How far the messages of one rig have come, in one partition of the source and on each output. */
final class RigProgress {
    private final String name;
    private final RigSequence sequence = new RigSequence();
    private final long[] highest;

    RigProgress(String name, int outputs) {
        this.name = name;
        this.highest = new long[outputs];
        Arrays.fill(highest, -1);
    }

    String name() {
        return name;
    }

    RigSequence sequence() {
        return sequence;
    }

    /** The highest number seen so far on the output; −1 for none. */
    long highestOn(int output) {
        return highest[output];
    }

    void reach(int output, long seq) {
        highest[output] = seq;
    }
}
