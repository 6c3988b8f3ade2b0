package routes.cases;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import routes.check.Position;

/**
 * One case: what a route is given, and what must come of it.
 *
 * @param file the file of cases, as messages name it
 * @param route the id of the route that is given the records
 * @param input one batch for a route that reads Kafka, one after the other for another one; empty: the route is only
 *     triggered
 * @param failing the ids of the steps that fail in this case
 * @param failure a part of the reason for which the batch must fail; empty if it must not
 * @param output by topic, or by the name of whatever else takes something, the records in their order
 */
record RouteCase(
        String file,
        Position at,
        String name,
        String route,
        List<InputRecord> input,
        Set<String> failing,
        Optional<String> failure,
        Map<String, List<ExpectedRecord>> output) {}
