package routes.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import routes.settings.Given;
import routes.settings.Settings;

/** The options by which every command that needs settings takes them. */
final class SettingsOptions {
    @Option(
            names = "--profile",
            paramLabel = "NAME",
            defaultValue = Given.DEFAULT_PROFILE,
            description = "embedded: a Kafka inside this process; kafka: your own cluster, named by kafka.bootstrap;"
                    + " eventhubs: Azure Event Hubs. Default: ${DEFAULT-VALUE}.")
    private String profile;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Sets one setting; wins over files and the environment. May be repeated.")
    private Map<String, String> set = new LinkedHashMap<>();

    /** @throws routes.settings.ConfigurationException if a setting is unusable */
    Settings load() {
        return load(List.of());
    }

    /** @param more what other options of the command stand for */
    Settings load(List<Given.Choice> more) {
        List<Given.Choice> chosen = new ArrayList<>();
        set.forEach((key, value) -> chosen.add(new Given.Choice(key, value, "--set")));
        chosen.addAll(more);
        Settings settings = Settings.load(Given.toThisProcess(profile, chosen));
        Logging.mask(settings.secretTexts());
        return settings;
    }
}
