package routes.rig;

/**
 * One usable row of a recorded log.
 *
 * @param line where it stands in the file, from 1
 * @param time as it stands in the file
 * @param millis the same since 1970 UTC
 * @param unscaled values as in {@link routes.telemetry.Telemetry}
 */
record RecordingRow(int line, String time, long millis, int activity, long[] unscaled, byte[] decimals) {}
