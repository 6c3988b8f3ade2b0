package routes.rig;

/** The physics of one rig: its state in any second of its own time, from nothing but the second and its profile. */
final class RigModel {
    private final RigProfile rig;
    private final WellPlan plan;
    private final long begun;

    RigModel(RigProfile rig) {
        this.rig = rig;
        this.plan = new WellPlan(rig);
        this.begun = (long) (plan.seconds() * Noise.uniform(Noise.key(rig.key(), 9)));
    }

    /** @param second ≥ 0; the rig is somewhere in its first well at 0 */
    RigState at(long second) {
        WellPlan.Moment now = plan.at(begun + second);
        MudPumps pumps = MudPumps.of(rig, now, second);
        Loads loads = Loads.of(rig, now, pumps, second);
        Hydraulics hydraulics = Hydraulics.of(rig, now, pumps, loads, second);
        return new RigState(
                second, rig, now, pumps, loads, hydraulics, Gas.of(rig, plan, now, second), Pits.of(rig, now, second));
    }

    RigProfile profile() {
        return rig;
    }
}
