package routes.bench;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import routes.rig.ChannelCatalogue;
import routes.settings.Settings;
import routes.telemetry.Slicer;

/** The contenders. */
enum Kind {
    ROUTER_SHIPPED("rig-streams.route-telemetry") {
        @Override
        Contender create(String bootstrapServers, Path folder, Map<String, String> different) throws Exception {
            return new Shipped(
                    bootstrapServers,
                    folder,
                    withErrors("routes/rigs/route-telemetry.camel.yaml", "routes/rigs/route-message.camel.yaml"),
                    different);
        }
    },
    ROUTER_LOOP("bench.router-loop") {
        @Override
        Contender create(String bootstrapServers, Path folder, Map<String, String> different) throws Exception {
            Settings settings = AppSettings.load(bootstrapServers, different);
            return new Loop(group(), AppSettings.consumer(settings), AppSettings.producer(settings), Loop::byActivity);
        }
    },
    ROUTER_STREAMS("bench.router-streams") {
        @Override
        Contender create(String bootstrapServers, Path folder, Map<String, String> different) throws Exception {
            Settings settings = AppSettings.load(bootstrapServers, different);
            return new Streams(group(), AppSettings.consumer(settings), AppSettings.producer(settings), folder);
        }
    },
    ROUTER_RECORD_BY_RECORD("rig-streams.record-by-record") {
        @Override
        Contender create(String bootstrapServers, Path folder, Map<String, String> different) throws Exception {
            return new Shipped(bootstrapServers, folder, withErrors("bench/record-by-record.camel.yaml"), different);
        }
    },
    SLICES_SHIPPED("rig-streams.slice-telemetry") {
        @Override
        Contender create(String bootstrapServers, Path folder, Map<String, String> different) throws Exception {
            return new Shipped(
                    bootstrapServers,
                    folder,
                    withErrors("routes/rigs/slice-telemetry.camel.yaml", "routes/rigs/slice-message.camel.yaml"),
                    different);
        }
    },
    SLICES_LOOP("bench.slices-loop") {
        @Override
        Contender create(String bootstrapServers, Path folder, Map<String, String> different) throws Exception {
            Settings settings = AppSettings.load(bootstrapServers, different);
            return new Loop(
                    group(),
                    AppSettings.consumer(settings),
                    AppSettings.producer(settings),
                    Loop.slices(
                            new Slicer(ChannelCatalogue.builtIn().subsystemByName()),
                            settings.text("rigs.slice-topics")));
        }
    },
    ARCHIVE_SHIPPED("rig-streams.archive-telemetry") {
        @Override
        Contender create(String bootstrapServers, Path folder, Map<String, String> different) throws Exception {
            Map<String, String> settings = new LinkedHashMap<>(different);
            settings.put("archive.dir", ArchiveCourse.archive(folder).toString());
            return new Shipped(
                    bootstrapServers, folder, withErrors("routes/rigs/archive-telemetry.camel.yaml"), settings);
        }
    },
    ARCHIVE_LOOP("bench.archive-loop") {
        @Override
        Contender create(String bootstrapServers, Path folder, Map<String, String> different) throws Exception {
            Settings settings = AppSettings.load(bootstrapServers, different);
            return new ArchiveLoop(
                    group(),
                    AppSettings.consumer(settings),
                    ArchiveCourse.archive(folder),
                    settings.bytes(ArchiveBench.MAX_BYTES));
        }
    },
    REPLAY_SHIPPED("none") {
        @Override
        Contender create(String bootstrapServers, Path folder, Map<String, String> different) {
            return new ReplayShipped(bootstrapServers, Path.of(different.get("archive")));
        }
    },
    REPLAY_LOOP("none") {
        @Override
        Contender create(String bootstrapServers, Path folder, Map<String, String> different) throws Exception {
            return new ReplayLoop(
                    AppSettings.producer(AppSettings.load(bootstrapServers, Map.of())),
                    Path.of(different.get("archive")));
        }
    };

    private final String group;

    Kind(String group) {
        this.group = group;
    }

    /** The consumer group it reads with. */
    String group() {
        return group;
    }

    /**
     * @param folder its own, for what it writes to disk
     * @param different settings of the application that are not as shipped
     */
    abstract Contender create(String bootstrapServers, Path folder, Map<String, String> different) throws Exception;

    private static List<String> withErrors(String... routes) {
        return Stream.concat(
                        Stream.of(
                                "routes/errors.camel.yaml",
                                "routes/send-dead-letter.camel.yaml",
                                "routes/store-dead-letter.camel.yaml"),
                        Stream.of(routes))
                .toList();
    }
}
