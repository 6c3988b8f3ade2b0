package routes.settings;

/** Kafka did not answer in time: said in one sentence. The command line ends with exit code 69. */
public final class UnreachableException extends ConfigurationException {
    public UnreachableException(String problem) {
        super(problem);
    }
}
