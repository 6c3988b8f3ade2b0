package routes.archive;

import java.util.Arrays;
import java.util.regex.Pattern;

/** What a path in a store may be. Names that come from a store or from a user are not to be trusted. */
public final class StorePath {
    /** What namespaces, topics, partitions and times are made of; never {@code .} or {@code ..}. */
    private static final Pattern NAME = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,255}");

    private StorePath() {}

    /** Whether this can be one part of a path. */
    public static boolean isName(String part) {
        return NAME.matcher(part).matches();
    }

    /** Whether this can be the path of a file or folder. */
    public static boolean isPath(String path) {
        return Arrays.stream(path.split("/", -1)).allMatch(StorePath::isName);
    }

    /**
     * @param path of a file, or of a folder, which ends in {@code /} or is empty
     * @return the path without a {@code /} at its end
     * @throws ArchiveException if a part of it is no name, so that it might lead out of the store
     */
    static String require(String path) throws ArchiveException {
        String parts = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        if (!parts.isEmpty() && !isPath(parts)) {
            throw new ArchiveException(
                    "'" + path
                            + "' is no path in the archive: expected names of letters, digits, '.', '_' and '-', parted by '/'");
        }
        return parts;
    }
}
