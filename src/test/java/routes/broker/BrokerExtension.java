package routes.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a real broker: a parameter of type {@link TestBroker} in a test, a lifecycle method or a constructor. One
 * broker serves the whole run; it starts at first use on a free port in a folder of its own and ends after the last
 * test. Tests keep apart by {@linkplain TestBroker#newTopic topics of their own}.
 */
public final class BrokerExtension implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(BrokerExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestBroker.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Running.class, key -> Running.start(), Running.class)
                .tests;
    }

    private record Running(Path folder, EmbeddedBroker broker, TestBroker tests) implements AutoCloseable {
        static Running start() {
            try {
                Path folder = Files.createTempDirectory("rig-streams-broker");
                EmbeddedBroker broker = EmbeddedBroker.start(new BrokerSettings(folder, 0, false));
                return new Running(folder, broker, new TestBroker(broker.bootstrapServers()));
            } catch (IOException e) {
                throw new IllegalStateException("no temporary folder for the broker", e);
            }
        }

        @Override
        public void close() throws IOException {
            tests.close();
            broker.close();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
