package routes.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What the settings of Azure Blob must be for each kind of login. Never says what a secret is, only what it is not. */
final class BlobChecks {
    // https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata
    private static final Pattern CONTAINER = Pattern.compile("(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern ACCOUNT = Pattern.compile("[a-z0-9]{3,24}");
    private static final Set<String> OTHERS = Set.of("dead-letters", "dead-letter-copies");
    private static final Map<String, String> SECRETS = Map.of(
            "key", "archive.blob-key",
            "connection-string", "archive.blob-connection-string",
            "sas", "archive.blob-sas");

    private final Settings settings;
    private final List<String> problems;

    /** @param problems to which what is wrong is added, a sentence each */
    BlobChecks(Settings settings, List<String> problems) {
        this.settings = settings;
        this.problems = problems;
    }

    void check() {
        if (!SECRETS.values().stream().allMatch(settings::isUsable)) {
            return;
        }
        if (!CONTAINER.matcher(settings.text("archive.blob-container")).matches()) {
            add("archive.blob-container", "expected 3 to 63 lower-case letters, digits and single hyphens");
        }
        if (OTHERS.contains(settings.text("archive.namespace"))) {
            add("archive.namespace", "another one is needed: dead letters have the folder of this name");
        }
        String login = settings.text("archive.blob-login");
        if (requireSecret(login)) {
            switch (login) {
                case "connection-string" -> connectionString(settings.text("archive.blob-connection-string"));
                case "key" -> key(settings.text("archive.blob-key"));
                case "sas" -> signature(settings.text("archive.blob-sas"));
                default -> address(login);
            }
        }
    }

    private boolean requireSecret(String login) {
        String secret = SECRETS.get(login);
        if (secret == null || !settings.text(secret).isEmpty()) {
            return true;
        }
        String variable = Layers.variable(secret);
        problems.add(settings.shown("archive.blob-login") + ": " + secret + " is missing; set " + variable
                + " in the environment, or " + variable + Layers.FILE + " to a file that holds it");
        return false;
    }

    private void key(String key) {
        requireAccount("the key is of an account");
        if (!settings.text("archive.blob-endpoint").isEmpty()) {
            address("key");
        }
        if (!isBase64(key)) {
            add("archive.blob-key", "expected the account's key in Base64, as Azure shows it");
        }
    }

    private void signature(String sas) {
        address("sas");
        if (!sas.contains("sig=") || sas.contains("://") || sas.chars().anyMatch(c -> c <= ' ')) {
            add("archive.blob-sas", "expected what stands behind the question mark of a SAS address, with sig= in it");
        }
    }

    private void connectionString(String text) {
        Map<String, String> parts = new TreeMap<>();
        for (String part : text.split(";")) {
            int equals = part.indexOf('=');
            parts.put(part.substring(0, Math.max(0, equals)), part.substring(equals + 1));
        }
        boolean account = !parts.getOrDefault("AccountName", "").isEmpty()
                && !parts.getOrDefault("AccountKey", "").isEmpty()
                && isBase64(parts.get("AccountKey"));
        boolean signature = !parts.getOrDefault("SharedAccessSignature", "").isEmpty()
                && !parts.getOrDefault("BlobEndpoint", "").isEmpty();
        if (!account && !signature) {
            add(
                    "archive.blob-connection-string",
                    "expected AccountName=NAME;AccountKey=KEY;… or BlobEndpoint=ADDRESS;SharedAccessSignature=SAS");
        }
    }

    private void address(String login) {
        String endpoint = settings.text("archive.blob-endpoint");
        if (endpoint.isEmpty()) {
            requireAccount("or set archive.blob-endpoint");
            return;
        }
        try {
            URI address = new URI(endpoint);
            boolean https = "https".equals(address.getScheme());
            // A key only signs; what the others send would be read on the way.
            boolean http = "http".equals(address.getScheme())
                    && (login.equals("key") || login.equals("sas") && Ports.isLoopback(address.getHost()));
            if (address.getHost() == null || address.getRawQuery() != null || !(https || http)) {
                notAnEndpoint();
            }
        } catch (URISyntaxException e) {
            notAnEndpoint();
        }
    }

    /** A signature may have been put behind it. */
    private void notAnEndpoint() {
        problems.add("archive.blob-endpoint (from " + settings.source("archive.blob-endpoint")
                + "): expected https://HOST, or for a key http://HOST, without a query");
    }

    private void requireAccount(String why) {
        if (!ACCOUNT.matcher(settings.text("archive.blob-account")).matches()) {
            add("archive.blob-account", "expected a storage account, 3 to 24 lower-case letters and digits; " + why);
        }
    }

    private static boolean isBase64(String text) {
        try {
            return Base64.getDecoder().decode(text).length > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void add(String key, String expected) {
        problems.add(settings.shown(key) + ": " + expected);
    }
}
