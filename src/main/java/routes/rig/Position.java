package routes.rig;

/**
 * Where the string and the block are.
 *
 * @param hole measured depth of the hole, m
 * @param bit measured depth of the bit, m; never below {@code hole}
 * @param block height of the block above the floor, m
 * @param speed of the block, m/s, up positive
 * @param slipsFor seconds since the slips were set, −1 when the string hangs on the block
 * @param rop rate of penetration, m/h; 0 off bottom
 */
record Position(double hole, double bit, double block, double speed, double slipsFor, double rop) {
    boolean inSlips() {
        return slipsFor >= 0;
    }
}
