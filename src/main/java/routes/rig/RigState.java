package routes.rig;

/**
 * All that is computed of a rig in one second, before it is measured.
 *
 * @param second of the rig's own time, from 0
 */
record RigState(
        long second,
        RigProfile rig,
        WellPlan.Moment now,
        MudPumps pumps,
        Loads loads,
        Hydraulics hydraulics,
        Gas gas,
        Pits pits) {
    double hole() {
        return position().hole();
    }

    double bit() {
        return position().bit();
    }

    double vertical() {
        return rig.trajectory().vertical(bit());
    }

    /** Rate of penetration, m/h. */
    double rop() {
        return position().rop();
    }

    boolean onBottom() {
        return rop() > 0;
    }

    boolean inSlips() {
        return position().inSlips();
    }

    int activity() {
        return now.motion().activity();
    }

    Position position() {
        return now.motion().position();
    }

    Duty pumpDuty() {
        return now.motion().pumps();
    }

    /** The string is casing. */
    boolean casing() {
        return now.place().run() == WellPlan.RUNS;
    }

    boolean tripping() {
        return now.place().leg() instanceof Tripping;
    }

    /** Hours of the rig's time. */
    double hours() {
        return second / 3600.0;
    }

    /** Electrical load, kW: the consumers that always run, pumps, rotary and drawworks. */
    double power() {
        double pumping = Hydraulics.power(hydraulics.standpipe(), pumps.flow()) / 0.82;
        double rotating = loads.torque() * loads.rotarySpeed() * Math.PI / 30 / 0.85;
        double lifting = Math.max(0, position().speed()) * loads.hookload() * 9.81 / 0.75;
        return 620 + pumping + rotating + lifting;
    }

    /** A number in [−size, size] that wanders smoothly within {@code cell} seconds. */
    double wander(long key, double size, int cell) {
        return size * Noise.smooth(key, second, cell);
    }
}
