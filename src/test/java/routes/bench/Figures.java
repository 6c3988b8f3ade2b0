package routes.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one round of one contender came to.
 *
 * @param perSecond messages read, per second
 * @param megabytesPerSecond of the values of these messages; 1 MB = 1,000,000 bytes
 * @param cpuPerGigabyte seconds of processor time of the contender's process per 10⁹ bytes of these values
 * @param brokerCpuPerGigabyte the same of the broker's process
 */
record Figures(double perSecond, double megabytesPerSecond, double cpuPerGigabyte, double brokerCpuPerGigabyte) {

    /** Median, least and greatest of several rounds. */
    record Spread(double median, double min, double max) {
        static Spread of(List<Figures> rounds, ToDoubleFunction<Figures> figure) {
            return of(rounds.stream().map(figure::applyAsDouble).toList());
        }

        static Spread of(List<Double> values) {
            List<Double> sorted = values.stream().sorted().toList();
            int middle = sorted.size() / 2;
            double median =
                    sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
            return new Spread(median, sorted.get(0), sorted.get(sorted.size() - 1));
        }
    }
}
