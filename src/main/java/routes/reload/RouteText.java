package routes.reload;

/**
 * A file of YAML routes as it was read, once.
 *
 * @param name its path, as messages name it
 */
public record RouteText(String name, String text) {}
