package routes.bench;

import java.util.Locale;

/**
 * A comparison with a goal.
 *
 * @param ratio how many times as fast as the peer
 * @param met whether the ratio is at least the goal
 */
record Scenario(String name, double ratio, double goal, boolean met) {
    static Scenario of(String name, double ratio, double goal) {
        return new Scenario(name, ratio, goal, ratio >= goal);
    }

    String verdict() {
        return String.format(Locale.ROOT, "goal ≥ %s %s", goal, met ? "met" : "missed");
    }
}
