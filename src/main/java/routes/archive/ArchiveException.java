package routes.archive;

import java.io.IOException;

/** Something about the archive is not as it must be; the message is one sentence with the file's path. */
public final class ArchiveException extends IOException {
    private static final long serialVersionUID = 1L;

    public ArchiveException(String message) {
        super(message);
    }

    public ArchiveException(String message, Throwable cause) {
        super(message, cause);
    }
}
