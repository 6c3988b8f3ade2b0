package routes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Every TCP socket on which a process listens, as Linux has it in {@code /proc}. */
final class Listening {
    private static final String LISTENS = "0A";

    private Listening() {}

    /** As in {@code 127.0.0.1:9092}; {@code 0.0.0.0:9092} for every address of the machine. */
    static Set<String> of(long pid) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        Set<String> inodes = inodes(process.resolve("fd"));
        Set<String> addresses = new TreeSet<>();
        for (String table : new String[] {"net/tcp", "net/tcp6"}) {
            try (Stream<String> lines = Files.lines(process.resolve(table))) {
                lines.skip(1)
                        .map(line -> line.strip().split("\\s+"))
                        .filter(fields -> fields[3].equals(LISTENS) && inodes.contains(fields[9]))
                        .forEach(fields -> addresses.add(address(fields[1])));
            }
        }
        return addresses;
    }

    private static Set<String> inodes(Path descriptors) throws IOException {
        Set<String> inodes = new HashSet<>();
        try (Stream<Path> all = Files.list(descriptors)) {
            for (Path descriptor : all.toList()) {
                try {
                    String target = Files.readSymbolicLink(descriptor).toString();
                    inodes.add(target.replaceFirst("^socket:\\[(\\d+)]$", "$1"));
                } catch (NoSuchFileException closedMeanwhile) {
                    continue;
                }
            }
        }
        return inodes;
    }

    /** Each word of 32 bits is written as a number of this machine, the last byte of the address first. */
    private static String address(String hexadecimal) {
        String[] parts = hexadecimal.split(":");
        int port = Integer.parseInt(parts[1], 16);
        String word = parts[0].substring(parts[0].length() - 8);
        boolean isIpv4 = parts[0].length() == 8 || parts[0].startsWith("0000000000000000FFFF0000");
        if (!isIpv4) {
            return (parts[0].matches("0+") ? "0.0.0.0" : parts[0]) + ":" + port;
        }
        StringBuilder address = new StringBuilder();
        for (int i = 6; i >= 0; i -= 2) {
            address.append(Integer.parseInt(word.substring(i, i + 2), 16)).append(i == 0 ? "" : ".");
        }
        return address + ":" + port;
    }
}
