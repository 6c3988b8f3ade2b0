package routes.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import routes.cli.ClusterOptions.Reached;
import routes.deadletter.Letter;
import routes.deadletter.LetterId;
import routes.deadletter.LetterTopic;
import routes.deadletter.RedriveLedger;
import routes.kafka.KafkaCluster;

/** Shows one dead letter whole. */
@Command(
        name = "show",
        description = {
            "Shows one dead letter with its headers and its value: JSON indented, other text as it is,",
            "the rest as a hex dump."
        })
final class DeadLettersShowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "PARTITION:OFFSET",
            converter = LetterIdConverter.class,
            description = "Which one, as `deadletters list` names it.")
    private LetterId id;

    @Option(
            names = "--json",
            description = "Prints one JSON document; what is not text is in base64, under a name that says so.")
    private boolean json;

    @Mixin
    private LetterOptions letters;

    @Override
    public Integer call() {
        LetterText text = read(letters.open());
        List<String> lines = json ? List.of(Json.document(text.json())) : text.lines();
        lines.forEach(spec.commandLine().getOut()::println);
        return Commands.GOOD;
    }

    private LetterText read(Reached reached) {
        try (KafkaCluster kafka = reached.cluster();
                LetterTopic topic = LetterTopic.open(kafka, letters.topic())) {
            Letter letter = topic.at(id);
            return new LetterText(letter, RedriveLedger.find(kafka, letter), LetterOptions.stored(reached.settings()));
        }
    }
}
