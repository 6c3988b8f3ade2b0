package routes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "run; --profile --set --flows --routes --for --help --version",
                "broker; --profile --set --help --version",
                "topics list; --profile --set --bootstrap --json --help --version",
                "topics create; --profile --set --bootstrap --json --help --version",
                "tap; TOPIC-PATTERN --from --max --for --full --bootstrap --profile --set --help --version",
                "audit; --since --json --bootstrap --profile --set --help --version",
                "routes export; DIR --force --help --version",
                "topics; list create",
                "routes; export",
                "; run broker topics tap audit routes",
            })
    void helpNamesEveryOptionAndTheExitCodes(String command, String options) {
        int code = execute((command == null ? "--help" : command + " --help").split(" "));

        assertThat(code).isZero();
        assertThat(out.toString()).contains(options.split(" ")).contains("78", "bad configuration");
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"--version", "run --version", "topics list --version"})
    void versionNamesTheProgram(String arguments) {
        int code = execute(arguments.split(" "));

        assertThat(code).isZero();
        assertThat(out.toString().strip()).isEqualTo("rig-streams " + Version.text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "runn; Unmatched argument at index 0: 'runn'",
                "run --speed 3; Unknown options: '--speed', '3'",
                "run --for soon; 'soon' is not a duration as in 500ms, 1s, 15m, 24h or 7d",
                "run --set rigs.count; should be in KEY=VALUE format but was rigs.count",
                "--sett rigs.count=5; Unknown option",
                "topics; Missing required subcommand",
                "routes; Missing required subcommand",
                "routes export; Missing required parameter: 'DIR'",
                "tap; Missing required parameter: 'TOPIC-PATTERN'",
                "tap rig.*( ; 'rig.*(' is not a regular expression: Unclosed group",
                "tap x --from noon; expected one of [latest, earliest]",
                "audit --since noon; --since noon: expected a duration as in 30m or 2h, or an instant",
                "tap x --max 0; --max 0: expected 1 or more",
                "broker --profile kafka --set kafka.bootstrap=a:1; profile kafka has its Kafka elsewhere",
            })
    void wrongUsageEndsWith2AndASentence(String arguments, String sentence) {
        int code = execute(arguments.strip().split(" "));

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains(sentence);
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"run", "broker", "topics list", "topics create", "tap x", "audit", "''"})
    void badSettingsEndWith78AndOneLineEach(String command) {
        String options = " --set rigs.count=-3 --set rigs.cuont=3";
        int code = execute((command + options).strip().split(" "));

        assertThat(code).isEqualTo(78);
        assertThat(err.toString().lines())
                .containsExactly(
                        "rigs.cuont (from --set): no such setting; the nearest is rigs.count",
                        "rigs.count=-3 (from --set): expected int 0..10000");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void optionsThatStandForSettingsAreNamedAsTheirSource() {
        int code = execute("run", "--flows", "all", "--routes", "/nowhere");

        assertThat(code).isEqualTo(78);
        assertThat(err.toString().lines())
                .containsExactly(
                        "flows=all (from --flows): expected list rigs",
                        "routes.dir=/nowhere (from --routes): expected a folder; write one with `routes export DIR`");
    }

    @Test
    void aSettingMayBeEmptyAndHoldEqualsSigns() {
        int code = execute("run", "--set", "data.dir=", "--set", "my.condition=a=b");

        assertThat(code).isEqualTo(78);
        assertThat(err.toString().lines()).containsExactly("data.dir= (from --set): expected path");
    }

    private int execute(String... arguments) {
        return Commands.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
