package routes.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a race came to, as a table and for JSON. The first contender is the one that the others are compared with. */
final class Result {
    private final String title;
    private final Map<String, List<Figures>> figures;
    private final Map<String, Double> goals;
    private final List<Figures> ours;

    /** @param goals how many times as fast as these peers the first contender should be */
    Result(String title, Map<String, List<Figures>> figures, Map<String, Double> goals) {
        this.title = title;
        this.figures = figures;
        this.goals = goals;
        this.ours = figures.values().iterator().next();
    }

    /** For each peer: the median rate of the first contender by the peer's median rate. */
    Map<String, Double> ratios() {
        Map<String, Double> ratios = new LinkedHashMap<>();
        peers().forEach((label, theirs) -> ratios.put(label, median(ours) / median(theirs)));
        return ratios;
    }

    /** For each peer: the median, over the rounds, of the ratio within a round. */
    Map<String, Figures.Spread> ratiosByRound() {
        Map<String, Figures.Spread> ratios = new LinkedHashMap<>();
        peers().forEach((label, theirs) -> {
            List<Double> each = new ArrayList<>();
            for (int round = 0; round < ours.size(); round++) {
                each.add(ours.get(round).perSecond() / theirs.get(round).perSecond());
            }
            ratios.put(label, Figures.Spread.of(each));
        });
        return ratios;
    }

    /** The peers that there is a goal for. */
    List<Scenario> scenarios(String prefix) {
        List<Scenario> scenarios = new ArrayList<>();
        Map<String, Double> ratios = ratios();
        goals.forEach((peer, goal) -> scenarios.add(Scenario.of(prefix + peer, ratios.get(peer), goal)));
        return scenarios;
    }

    private Map<String, List<Figures>> peers() {
        Map<String, List<Figures>> peers = new LinkedHashMap<>(figures);
        peers.remove(figures.keySet().iterator().next());
        return peers;
    }

    private static double median(List<Figures> rounds) {
        return Figures.Spread.of(rounds, Figures::perSecond).median();
    }

    void print() {
        System.out.printf(
                Locale.ROOT,
                "%n%-26s %10s %19s %8s %10s %17s%n",
                title,
                "messages/s",
                "min – max",
                "MB/s",
                "CPU s/GB",
                "broker CPU s/GB");
        figures.forEach((label, rounds) -> {
            Figures.Spread rate = Figures.Spread.of(rounds, Figures::perSecond);
            System.out.printf(
                    Locale.ROOT,
                    "%-26s %,10.0f %19s %8.1f %10.1f %17.1f%n",
                    label,
                    rate.median(),
                    String.format(Locale.ROOT, "%,.0f – %,.0f", rate.min(), rate.max()),
                    Figures.Spread.of(rounds, Figures::megabytesPerSecond).median(),
                    Figures.Spread.of(rounds, Figures::cpuPerGigabyte).median(),
                    Figures.Spread.of(rounds, Figures::brokerCpuPerGigabyte).median());
        });
        printRatios(figures.keySet().iterator().next());
    }

    private void printRatios(String first) {
        Map<String, Figures.Spread> byRound = ratiosByRound();
        System.out.printf(Locale.ROOT, "%n%-26s %10s %9s %19s%n", first + " by", "of medians", "by round", "min – max");
        ratios().forEach((peer, ratio) -> {
            Figures.Spread spread = byRound.get(peer);
            System.out.printf(
                    Locale.ROOT,
                    "%-26s %10.2f %9.2f %19s  %s%n",
                    peer,
                    ratio,
                    spread.median(),
                    String.format(Locale.ROOT, "%.2f – %.2f", spread.min(), spread.max()),
                    goals.containsKey(peer)
                            ? Scenario.of(peer, ratio, goals.get(peer)).verdict()
                            : "");
        });
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ratios", ratios());
        json.put("ratiosByRound", ratiosByRound());
        json.put("goals", goals);
        json.put("contenders", figures);
        return json;
    }
}
