package routes;

/** The application's entry point. */
public final class RigStreams {
    private RigStreams() {}

    public static void main(String[] args) {
        System.out.println("rig-streams");
    }
}
