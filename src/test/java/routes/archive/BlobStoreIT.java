package routes.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.AzureSasCredential;
import com.azure.core.credential.TokenCredential;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.sas.BlobContainerSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;
import routes.FreePort;

/** The store on a real Blob service. */
@ExtendWith(AzuriteExtension.class)
class BlobStoreIT extends StoreContractTest {
    private static final byte[] CONTENT = "foreign".getBytes(UTF_8);

    private final Azurite azurite;
    private BlobContainerClient container;

    BlobStoreIT(Azurite azurite) {
        this.azurite = azurite;
        this.container = azurite.newContainer();
    }

    @BeforeEach
    void aContainer() {
        assertThat(container.exists()).isTrue();
    }

    @Override
    ArchiveStore emptyStore() {
        return store(container);
    }

    private static ArchiveStore store(BlobContainerClient container) {
        return new BlobStore(new BlobContainer(container), "letters");
    }

    @Override
    void remove(String path) {
        container.getBlobClient(path).delete();
    }

    private void putForeign(String name) {
        container.getBlobClient(name).upload(BinaryData.fromBytes(CONTENT));
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("file"), content);
    }

    @Test
    void namesThatNoArchiveGivesAreLeftOut() throws IOException {
        for (String name : List.of(
                "ns/t/0/a.avro", "ns/../../secret", "../secret", "/etc/passwd", "ns//b", "ns/a\tb", "ns/ä", "ns/a b")) {
            putForeign(name);
        }

        assertThat(emptyStore().list("")).containsExactly("ns/t/0/a.avro");
    }

    @Test
    void foldersOfOthersAreLeftOutAtTheTopOnly() throws IOException {
        putForeign("letters/a");
        putForeign("ns/letters/a");

        assertThat(emptyStore().list("")).containsExactly("ns/letters/a");
    }

    @Test
    void aBlobThatVanishesWhileItIsReadIsSaidSo() throws IOException {
        ArchiveStore store = emptyStore();
        Path content = Files.write(folder.resolve("content"), new byte[300_000]);
        store.createIfAbsent("ns/a.avro", content);

        try (InputStream in = store.open("ns/a.avro")) {
            in.read();
            remove("ns/a.avro");
            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOf(ArchiveException.class)
                    .hasMessageStartingWith("ns/a.avro: the blob was removed or replaced while it was read");
        }
    }

    @Test
    void aBlobThatIsReplacedWhileItIsReadIsNotMixed() throws IOException {
        ArchiveStore store = emptyStore();
        store.createIfAbsent("ns/a.avro", Files.write(folder.resolve("content"), new byte[300_000]));

        try (InputStream in = store.open("ns/a.avro")) {
            in.read();
            container.getBlobClient("ns/a.avro").upload(BinaryData.fromBytes(new byte[300_001]), true);
            assertThatThrownBy(in::readAllBytes).isInstanceOf(ArchiveException.class);
        }
    }

    @Test
    void aContainerThatIsMissingIsNamedAndMayBeCreated() throws IOException {
        BlobContainerClient missing = azurite.client().getBlobContainerClient("not-there-" + System.nanoTime());
        ArchiveStore store = store(missing);
        String expected = "there is no container '" + missing.getBlobContainerName() + "'; create it";

        assertThatThrownBy(store::probe).isInstanceOf(ArchiveException.class).hasMessageContaining(expected);
        assertThatThrownBy(() -> store.children("ns/")).hasMessageContaining(expected);
        assertThatThrownBy(() -> store.open("ns/a.avro"))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining(expected);
        assertThatThrownBy(() -> store.size("ns/a.avro")).hasMessageContaining(expected);
        assertThatThrownBy(() -> store.createIfAbsent("ns/a.avro", file("one"))).hasMessageContaining(expected);

        new BlobContainer(missing).createIfMissing();
        new BlobContainer(missing).createIfMissing();
        assertThat(store.createIfAbsent("ns/a.avro", file("one"))).isTrue();
    }

    @Test
    void aWrongKeyIsRefusedAndNotShown() {
        String wrong = Base64.getEncoder().encodeToString("wrong".getBytes(UTF_8));
        BlobServiceClient client = new BlobServiceClientBuilder()
                .endpoint(azurite.endpoint())
                .credential(new StorageSharedKeyCredential(Azurite.ACCOUNT, wrong))
                .buildClient();
        ArchiveStore store = store(client.getBlobContainerClient(container.getBlobContainerName()));

        assertThatThrownBy(store::probe)
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining(container.getBlobContainerName())
                .hasMessageContaining("refuses to create .probe (status 403")
                .hasMessageNotContaining(wrong)
                .hasNoCause();
        assertThatThrownBy(() -> store.open("ns/a.avro")).hasMessageContaining("refuses to read ns/a.avro");
        assertThatThrownBy(() -> store.children("")).hasMessageContaining("refuses to list the container");
    }

    @Test
    void aSignatureThatMayOnlyReadIsTakenForThat() throws IOException {
        emptyStore().createIfAbsent("ns/a.avro", file("one"));
        String sas = container.generateSas(new BlobServiceSasSignatureValues(
                OffsetDateTime.now().plusMinutes(5),
                new BlobContainerSasPermission().setReadPermission(true).setListPermission(true)));
        BlobServiceClient client = new BlobServiceClientBuilder()
                .endpoint(azurite.endpoint())
                .credential(new AzureSasCredential(sas))
                .buildClient();
        ArchiveStore store = store(client.getBlobContainerClient(container.getBlobContainerName()));

        assertThat(store.list("")).containsExactly("ns/a.avro");
        assertThat(store.description()).isEqualTo(container.getBlobContainerUrl());
        assertThatThrownBy(store::probe)
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("refuses")
                .hasMessageNotContaining("sig=");
    }

    @Test
    void whereNothingListensThatIsSaidSo() throws IOException {
        BlobServiceClient client = new BlobServiceClientBuilder()
                .endpoint("http://127.0.0.1:" + FreePort.next() + "/" + Azurite.ACCOUNT)
                .credential(new StorageSharedKeyCredential(Azurite.ACCOUNT, Azurite.KEY))
                .retryOptions(new RequestRetryOptions(RetryPolicyType.FIXED, 1, 1, null, null, null))
                .buildClient();
        ArchiveStore store = store(client.getBlobContainerClient("capture"));

        assertThatThrownBy(store::probe)
                .isExactlyInstanceOf(IOException.class)
                .hasMessageContaining("does not answer (to create .probe): nothing listens there");
    }

    @Test
    void aLoginThatFailsIsNotTakenForTheStore() {
        TokenCredential refusing =
                request -> Mono.error(new ClientAuthenticationException("no such tenant\nsecret", null));
        TokenCredential unreachable = request ->
                Mono.error(new ClientAuthenticationException("no answer", null, new ConnectException("login")));

        assertThatThrownBy(withLogin(refusing)::probe)
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("no token of Entra ID could be had: no such tenant; log in with `az login`")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(withLogin(unreachable)::probe)
                .isExactlyInstanceOf(IOException.class)
                .hasMessageContaining("Entra ID does not answer, so that there is no token for it: nothing listens");
    }

    private static ArchiveStore withLogin(TokenCredential login) {
        BlobServiceClient client = new BlobServiceClientBuilder()
                .endpoint("https://127.0.0.1:1/" + Azurite.ACCOUNT)
                .credential(login)
                .retryOptions(new RequestRetryOptions(RetryPolicyType.FIXED, 1, 1, null, null, null))
                .buildClient();
        return store(client.getBlobContainerClient("capture"));
    }

    /** What Azure demands of a request and Azurite does not. */
    @Test
    void aFileIsPutInOneRequestWithItsLengthAndItsCondition() throws IOException {
        List<String> requests = new ArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            Headers headers = exchange.getRequestHeaders();
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " length "
                    + headers.getFirst("Content-Length") + " chunked " + headers.getFirst("Transfer-Encoding")
                    + " condition " + headers.getFirst("If-None-Match") + " type " + headers.getFirst("x-ms-blob-type")
                    + " received " + exchange.getRequestBody().readAllBytes().length);
            exchange.getResponseHeaders().set("ETag", "\"1\"");
            exchange.sendResponseHeaders(201, -1);
            exchange.close();
        });
        server.start();
        try {
            BlobServiceClient client = new BlobServiceClientBuilder()
                    .endpoint("http://127.0.0.1:" + server.getAddress().getPort() + "/" + Azurite.ACCOUNT)
                    .credential(new StorageSharedKeyCredential(Azurite.ACCOUNT, Azurite.KEY))
                    .buildClient();
            ArchiveStore store = store(client.getBlobContainerClient("capture"));
            Path content = Files.write(folder.resolve("content"), new byte[20_000_000]);

            assertThat(store.createIfAbsent("ns/a.avro", content)).isTrue();
        } finally {
            server.stop(0);
        }
        assertThat(requests)
                .containsExactly("PUT /" + Azurite.ACCOUNT + "/capture/ns%2Fa.avro length 20000000 chunked null"
                        + " condition * type BlockBlob received 20000000");
    }
}
