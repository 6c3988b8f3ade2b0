package routes.cases;

/**
 * A way through a route that no case takes.
 *
 * @param file the file of the route
 * @param branch as in {@code when ${activity} == 3}
 */
public record OpenBranch(String file, int line, int column, String route, String branch) {
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": no case takes this branch of route " + route + ": " + branch;
    }
}
