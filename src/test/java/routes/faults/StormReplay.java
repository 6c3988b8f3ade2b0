package routes.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was played back while the storm went on: all of it, in order, as it was. A replay goes on behind the last offset that
 * it has sent: what was written in the place of what a cut had taken may be missing. Of a topic that was made again, what it
 * had before may have been played back as well.
 */
final class StormReplay {
    private static final int EXAMPLES = 5;

    private final String bootstrap;
    private final Map<String, List<StormPrint>> cut;
    private final boolean madeAgain;

    /** @param madeAgain whether the user's topic was: a replay that this interrupts says so, and is given again */
    StormReplay(String bootstrap, StormCuts cuts, boolean madeAgain) {
        this.bootstrap = bootstrap;
        this.cut = cuts.prints();
        this.madeAgain = madeAgain;
    }

    /** @return what is wrong, in words */
    List<String> check(String topic, Map<String, StormRecord> records) {
        Set<String> taken = new HashSet<>();
        Map<String, Long> highest = new HashMap<>();
        List<String> problems = new ArrayList<>();
        OwnAudit.read(bootstrap, List.of(topic + StormActions.REPLAYED), copy -> {
            String place = Source.header(copy, "replay.source").orElse("-");
            StormRecord source = records.get(place);
            if (source != null && source.print().sameBytes(StormPrint.of(copy))) {
                String line = copy.partition() + " " + source.source().partition();
                long offset = source.source().offset();
                if (taken.add(place)
                        && offset < highest.merge(line, offset, Math::max)
                        && (!madeAgain || topic.equals(Evidence.TELEMETRY))) {
                    problems.add(StormCuts.place(copy) + " of " + place + " comes after " + highest.get(line));
                }
            } else if (topic.equals(Evidence.TELEMETRY) && !cut.containsKey(place)) {
                problems.add(StormCuts.place(copy) + " is no copy of " + place + ", which is " + source);
            }
        });
        records.keySet().stream()
                .filter(place -> !taken.contains(place) && !cut.containsKey(place))
                .forEach(place -> problems.add("there is no copy of " + place));
        return problems.stream()
                .limit(EXAMPLES)
                .map(problem -> "replay of " + topic + ", " + problems.size() + " in all: " + problem)
                .toList();
    }
}
