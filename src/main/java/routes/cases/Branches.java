package routes.cases;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.FilterDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.WhenDefinition;
import routes.check.RouteFile;
import routes.check.Walk;
import routes.check.YamlNode;

/** Every way that a record can take through the routes, and which of them were taken. */
final class Branches {
    private final CaseSteps steps;
    private final List<OpenBranch> open = new ArrayList<>();
    private RouteFile file;
    private String route;
    private int count;

    Branches(CaseSteps steps) {
        this.steps = steps;
    }

    /** How many there are in the routes that were added. */
    int count() {
        return count;
    }

    /** Those that no record took. */
    List<OpenBranch> open() {
        return open;
    }

    /**
     * @param yaml the route as its file has it
     * @param made the same as Camel has it
     * @param deadLetters whether what fails in it is dead-lettered
     */
    void add(RouteFile inFile, YamlNode yaml, RouteDefinition made, boolean deadLetters) {
        file = inFile;
        route = made.getRouteId();
        steps(yaml.path("from").path("steps"), made.getOutputs());
        if (deadLetters) {
            branch(yaml.path("routeConfigurationId"), "the dead letter", steps.deadLettered(route));
        }
    }

    /** The file and Camel have the same steps in the same order. */
    private void steps(YamlNode list, List<ProcessorDefinition<?>> outputs) {
        // Camel puts what a route configuration says before the steps.
        List<ProcessorDefinition<?>> made =
                outputs.stream().filter(step -> !step.isAbstract()).toList();
        for (int i = 0; i < Math.min(list.elements().size(), made.size()); i++) {
            ProcessorDefinition<?> step = made.get(i);
            list.path(i).fields().forEach((kind, body) -> {
                if (step instanceof ChoiceDefinition choice) {
                    choice(body, choice);
                } else {
                    if (step instanceof FilterDefinition) {
                        branch(body, "filter " + condition(body), steps.passed(step) > 0);
                    }
                    steps(body.path("steps"), step.getOutputs());
                }
            });
        }
    }

    private void choice(YamlNode body, ChoiceDefinition choice) {
        List<WhenDefinition> whens = choice.getWhenClauses();
        for (int i = 0; i < whens.size(); i++) {
            YamlNode when = body.path("when").path(i);
            branch(when, "when " + condition(when), steps.taken(choice, i) > 0);
            steps(when.path("steps"), whens.get(i).getOutputs());
        }
        YamlNode otherwise = body.path("otherwise");
        boolean written = choice.getOtherwise() != null;
        branch(
                written ? otherwise : body,
                written ? "otherwise" : "no condition of the choice holds",
                steps.otherwise(choice) > 0);
        if (written) {
            steps(otherwise.path("steps"), choice.getOtherwise().getOutputs());
        }
    }

    private static String condition(YamlNode block) {
        return block.fields().entrySet().stream()
                .filter(field ->
                        !field.getKey().equals("steps") && !field.getKey().equals("id"))
                .flatMap(field -> Walk.texts(field.getValue()).stream())
                .map(YamlNode::asText)
                .findFirst()
                .orElse("");
    }

    private void branch(YamlNode at, String name, boolean taken) {
        count++;
        if (!taken) {
            open.add(new OpenBranch(file.name(), at.key().line(), at.key().column(), route, name));
        }
    }
}
