package routes.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import routes.RigStreams;

/**
 * The JVM of one contender, or of the broker: does what its parent writes, one word a line, and answers each with a
 * line. It ends with its parent: at the end of its input.
 */
final class Child {
    static final String BROKER = "broker";
    static final String DONE = "bench: done";

    private Child() {}

    /** @param args {@code broker} and the application's arguments; or a {@link Kind}, the broker's address, a folder and settings */
    public static void main(String[] args) throws Exception {
        Thread.setDefaultUncaughtExceptionHandler((thread, fault) -> {
            fault.printStackTrace();
            Runtime.getRuntime().halt(1);
        });
        if (args[0].equals(BROKER)) {
            Thread end = new Thread(Child::awaitEndOfInput, "end-of-input");
            end.setDaemon(true);
            end.start();
            RigStreams.main(args);
        } else {
            obey(Kind.valueOf(args[0]).create(args[1], Path.of(args[2]), settings(args)));
        }
    }

    private static void awaitEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // nothing is said to a broker
            }
        } catch (IOException e) {
            e.printStackTrace();
        }
        Runtime.getRuntime().halt(0);
    }

    private static Map<String, String> settings(String[] args) {
        Map<String, String> settings = new LinkedHashMap<>();
        Arrays.stream(args).skip(3).map(arg -> arg.split("=", 2)).forEach(pair -> settings.put(pair[0], pair[1]));
        return settings;
    }

    private static void obey(Contender contender) throws Exception {
        System.out.println(DONE);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String word = in.readLine(); word != null; word = in.readLine()) {
            switch (word) {
                case "start" -> contender.start();
                case "stop" -> contender.stop();
                default -> throw new IllegalArgumentException(word);
            }
            System.out.println(DONE);
        }
        Runtime.getRuntime().halt(0);
    }
}
