package routes.faults;

import static routes.faults.StormFault.Claim.APPLICATION;
import static routes.faults.StormFault.Claim.ARCHIVE;
import static routes.faults.StormFault.Claim.BROKER;
import static routes.faults.StormFault.Claim.FOLDER;
import static routes.faults.StormFault.Claim.FURTHER;
import static routes.faults.StormFault.Claim.LETTERS;
import static routes.faults.StormFault.Claim.REDRIVE;
import static routes.faults.StormFault.Claim.REPLAY;
import static routes.faults.StormFault.Claim.TOPICS;

import java.util.List;
import java.util.Set;

/**
 * What a storm does to the system. Faults overlap as chance has it, but for these rules, without which nobody could say
 * what has to come of it:
 *
 * <ul>
 *   <li>What one fault needs for itself (the broker, the application, the folder of routes …), no other one has meanwhile.
 *   <li>A second holder of the fleet, an added partition and a topic that is made again need a broker that stays.
 *   <li>A process that starts finds a folder of routes in which nobody is writing.
 *   <li>Each fault ends by itself within seconds.
 * </ul>
 */
enum StormFault {
    /** {@code kill -9} of the application, and a new start on the same data. */
    KILLED(3, 0, 3_000, Set.of(APPLICATION), Set.of(), ""),
    /** The application stopped (SIGSTOP), for less or more time than its group waits for it. */
    FROZEN(2, 1_000, 14_000, Set.of(APPLICATION), Set.of(), ""),
    BROKER_KILLED(2, 0, 6_000, Set.of(BROKER), Set.of(), ""),
    BROKER_RESTARTED(1, 0, 3_000, Set.of(BROKER), Set.of(), ""),
    /** The broker loses the end of some partitions' logs. */
    LOG_CUT(1, 0, 2_000, Set.of(BROKER), Set.of(TOPICS), "rig.telemetry", "rig.telemetry", "storm.input"),
    /** By the API, and started again. */
    ROUTE_STOPPED(
            4,
            500,
            8_000,
            Set.of(),
            Set.of(),
            "route-telemetry",
            "route-message",
            "slice-telemetry",
            "slice-message",
            "flag-telemetry",
            "archive-telemetry",
            "generate-telemetry",
            "send-dead-letter",
            "watch-input"),
    /** Files of routes saved three times, one of which is wrong and mended. */
    SAVED(3, 0, 0, Set.of(FOLDER), Set.of(), ""),
    /** Records that no route can handle, as {@link StormPoison} makes them: the key's kind, the headers' kind. */
    POISONED(5, 0, 0, Set.of(), Set.of(TOPICS), StormPoison.kinds()),
    PARTITIONS_ADDED(
            1,
            0,
            0,
            Set.of(TOPICS),
            Set.of(BROKER),
            "rig.activity.drilling",
            "rig.activity.other",
            "rig.channels.drilling",
            "rig.flagged",
            "rig.dead-letters",
            "storm.input",
            "storm.output"),
    /** A user's own topic is deleted and created, and has soon more records than before. */
    MADE_AGAIN(1, 0, 0, Set.of(TOPICS), Set.of(BROKER), "storm.input"),
    /** Another process with the same fleet and instance. */
    SECOND_STARTED(1, 0, 0, Set.of(APPLICATION), Set.of(BROKER, FOLDER), ""),
    /** An instance without rigs joins, and goes in one of several ways. */
    FURTHER_JOINED(2, 1_000, 12_000, Set.of(FURTHER), Set.of(FOLDER), "leaves", "killed", "frozen"),
    ARCHIVE_UNWRITABLE(2, 4_000, 9_000, Set.of(ARCHIVE), Set.of(), ""),
    LETTERS_UNWRITABLE(2, 3_000, 8_000, Set.of(LETTERS), Set.of(TOPICS), ""),
    /** Dead letters are sent again, by the command, which may be killed. */
    REDRIVEN(2, 0, 4_000, Set.of(REDRIVE), Set.of(), "whole", "whole", "killed"),
    /** A topic is played back into another, by the command, which may be killed. */
    REPLAYED(
            3,
            0,
            4_000,
            Set.of(REPLAY),
            Set.of(),
            "rig.telemetry whole",
            "rig.telemetry killed",
            "storm.input whole",
            "storm.input killed");

    /** What a fault may need for itself, in the order in which it is taken. */
    enum Claim {
        APPLICATION,
        BROKER,
        FOLDER,
        TOPICS,
        ARCHIVE,
        LETTERS,
        FURTHER,
        REDRIVE,
        REPLAY
    }

    private final int cards;
    private final int least;
    private final int most;
    private final Set<Claim> alone;
    private final Set<Claim> steady;
    private final List<String> options;

    /**
     * @param cards how often it is drawn, beside the others
     * @param least milliseconds that it lasts
     * @param alone what no other fault may have meanwhile
     * @param steady what no other fault may disturb meanwhile
     */
    StormFault(int cards, int least, int most, Set<Claim> alone, Set<Claim> steady, String... options) {
        this.cards = cards;
        this.least = least;
        this.most = most;
        this.alone = alone;
        this.steady = steady;
        this.options = List.of(options);
    }

    int cards() {
        return cards;
    }

    int least() {
        return least;
    }

    int most() {
        return most;
    }

    boolean needsAlone(Claim claim) {
        return alone.contains(claim);
    }

    boolean needsSteady(Claim claim) {
        return steady.contains(claim);
    }

    List<String> options() {
        return options;
    }
}
