package routes.dashboard;

/**
 * What a stop or a start did to a route.
 *
 * @param was its state before
 * @param state its state now
 * @param changed false if it was in that state already
 * @param finished false if what the route had begun was not finished within {@code camel.main.shutdownTimeout}: it is
 *     uncommitted then, and is read again when the route starts
 */
public record Change(String id, String was, String state, boolean changed, boolean finished, double seconds) {}
