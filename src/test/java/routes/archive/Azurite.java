package routes.archive;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Azurite's Blob service as a process of its own on a port of 127.0.0.1. It ends with {@link #close}, and also when this
 * JVM dies in any way: it then loses its standard input.
 */
public final class Azurite implements AutoCloseable {
    /** The account that every Azurite has, and its key, which is no secret. */
    public static final String ACCOUNT = "devstoreaccount1";

    public static final String KEY =
            "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /** Where package.json and what npm installed by it are. */
    public static final Path TOOLS = Path.of("src/test/azurite").toAbsolutePath();

    private static final Pattern LISTENS = Pattern.compile("successfully listens on http://127\\.0\\.0\\.1:(\\d+)");

    private final Path folder;
    private int port;
    private Process process;

    private Azurite(Path folder) {
        this.folder = folder;
        start();
    }

    /** On a free port; forgets everything when it ends. */
    public static Azurite inMemory() {
        return new Azurite(null);
    }

    /** On a free port, which it keeps when it is started again; so it does with what it holds. */
    public static Azurite onDisk(Path folder) {
        return new Azurite(folder);
    }

    /** What is missing on this machine, and what to do; empty if nothing is. */
    static Optional<String> missing() {
        try {
            if (new ProcessBuilder("node", "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    != 0) {
                return Optional.of("node does not run");
            }
        } catch (IOException e) {
            return Optional.of("node is not installed: Azurite and avsc need it, version 20 or newer");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return Files.exists(TOOLS.resolve("node_modules/azurite/package.json"))
                ? Optional.empty()
                : Optional.of("Azurite is not installed: run `npm ci --prefix src/test/azurite`");
    }

    /** After {@link #stop}, on the same port. */
    public void start() {
        List<String> command = new ArrayList<>(List.of(
                "node",
                TOOLS.resolve("run.js").toString(),
                "--blobHost",
                "127.0.0.1",
                "--blobPort",
                Integer.toString(port),
                "--silent",
                "--disableTelemetry"));
        command.addAll(folder == null ? List.of("--inMemoryPersistence") : List.of("--location", folder.toString()));
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
            port = awaitPort(process.inputReader(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(missing().orElse("Azurite does not start"), e);
        }
    }

    private static int awaitPort(BufferedReader output) throws IOException {
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher listens = LISTENS.matcher(line);
            if (listens.find()) {
                return Integer.parseInt(listens.group(1));
            }
            said.append(line).append('\n');
        }
        throw new IllegalStateException("Azurite ended: " + said);
    }

    /**
     * Ends it as a signal does, until {@link #start}. Not by force: it writes what it holds to the disk every few seconds,
     * and would forget blobs that it has acknowledged.
     */
    public void stop() {
        process.destroy();
        awaitEnd();
    }

    /** For signals. */
    public long pid() {
        return process.pid();
    }

    public int port() {
        return port;
    }

    /** Of the account. */
    public String endpoint() {
        return "http://127.0.0.1:" + port + "/" + ACCOUNT;
    }

    public String connectionString() {
        return "DefaultEndpointsProtocol=http;AccountName=" + ACCOUNT + ";AccountKey=" + KEY + ";BlobEndpoint="
                + endpoint() + ";";
    }

    /** What the application is told to use a container of it, with the account's key. */
    public Map<String, String> settings(String container) {
        return Map.of(
                "archive.store",
                "blob",
                "archive.blob-login",
                "key",
                "archive.blob-account",
                ACCOUNT,
                "archive.blob-endpoint",
                endpoint(),
                "archive.blob-container",
                container);
    }

    /** The environment that goes with {@link #settings}. */
    public static Map<String, String> environment() {
        return Map.of("ARCHIVE_BLOB_KEY", KEY);
    }

    /** A plain client, with the key. */
    public BlobServiceClient client() {
        return new BlobServiceClientBuilder()
                .endpoint(endpoint())
                .credential(new StorageSharedKeyCredential(ACCOUNT, KEY))
                .buildClient();
    }

    /** An empty container that no other test uses. */
    public BlobContainerClient newContainer() {
        return client().createBlobContainer("test-" + UUID.randomUUID());
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Azurite, process " + process.pid() + ", does not end");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        awaitEnd();
    }
}
