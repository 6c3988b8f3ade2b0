package routes.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A test that a page names, as in {@code RoutingIT} or {@code RoutingIT.slicesGoToTheirSubsystems}.
 *
 * @param method null for the whole class
 */
record NamedTest(String type, String method) {
    private static final Path TESTS = Path.of("src/test/java/routes");
    private static final Pattern NAME = Pattern.compile("([A-Z]\\w*[a-z](?:Test|IT))(?:\\.(\\w+))?");

    static List<NamedTest> in(String page) {
        List<NamedTest> tests = new ArrayList<>();
        for (String code : Markdown.codes(Pages.prose(page))) {
            Matcher name = NAME.matcher(code);
            if (name.matches()) {
                tests.add(new NamedTest(name.group(1), name.group(2)));
            }
        }
        return tests;
    }

    boolean exists() {
        return Pages.under(TESTS, "/" + type + ".java").stream()
                .anyMatch(file -> method == null || Pages.read(file).contains("void " + method + "("));
    }
}
