package routes.cases;

import java.util.List;

/**
 * What came of all cases.
 *
 * @param cases how many were run
 * @param failed how many of them failed
 * @param failures all that was wrong with those
 * @param branches how many there are in the routes
 * @param open the branches that no case takes
 */
public record CaseReport(int cases, int failed, List<CaseFailure> failures, int branches, List<OpenBranch> open) {}
