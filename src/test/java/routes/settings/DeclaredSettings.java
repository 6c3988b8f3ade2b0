package routes.settings;

import java.util.List;

/** The settings as the program itself declares them, for whoever writes of them. */
public final class DeclaredSettings {
    private DeclaredSettings() {}

    /**
     * One setting.
     *
     * @param accepts type and range, as in {@code int 0..10000}; empty for a setting of Camel
     * @param variable of the environment that sets it
     */
    public record Declared(String key, String byDefault, String description, String accepts, String variable) {}

    /** In the order of the built-in {@code application.properties}. */
    public static List<Declared> builtIn() {
        return Catalogue.parse(Layers.builtIn("application.properties")).settings().values().stream()
                .map(DeclaredSettings::declared)
                .toList();
    }

    private static Declared declared(Setting setting) {
        // Examples of how a duration or a size is written stand once, above the table.
        String accepts = setting.isOurs() ? setting.kind().expected().replaceFirst(" \\(as in [^)]*\\)", "") : "";
        return new Declared(
                setting.key(), setting.byDefault(), setting.description(), accepts, Layers.variable(setting.key()));
    }
}
