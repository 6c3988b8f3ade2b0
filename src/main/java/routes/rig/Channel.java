package routes.rig;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/**
 * One measured quantity of a rig, as a row of the channel catalogue describes it.
 *
 * @param id the name in messages, unique, {@code [A-Z0-9_]{2,16}}
 * @param wits the short mnemonic of WITS level 0, empty where WITS has no such quantity
 * @param aliases other names under which vendors send the same quantity
 * @param unit Energistics spelling, {@code unitless} for counts, states and ratios
 * @param min the least value the sensor can give, in {@code unit}
 * @param max the greatest
 * @param resolution the step between two values, greater than 0
 * @param period the time between two measurements; in between the last value repeats
 * @param subsystem one of {@link ChannelCatalogue#SUBSYSTEMS}
 */
public record Channel(
        String id,
        String wits,
        List<String> aliases,
        String description,
        String unit,
        BigDecimal min,
        BigDecimal max,
        BigDecimal resolution,
        Duration period,
        String subsystem) {
    public Channel {
        aliases = List.copyOf(aliases);
    }
}
