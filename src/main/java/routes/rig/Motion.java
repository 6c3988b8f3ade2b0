package routes.rig;

/**
 * What the crew does in this second.
 *
 * @param activity WITS activity code
 * @param stands stands of pipe that the hole is deep or, while drilling, was when this stand was begun
 * @param pumps the mud pumps' duty
 * @param rotary the top drive's duty
 * @param circulated seconds at full pump rate since the leg began
 * @param connection seconds with the pumps off at this stand's connection
 */
record Motion(
        int activity, Position position, int stands, Duty pumps, Duty rotary, double circulated, double connection) {}
