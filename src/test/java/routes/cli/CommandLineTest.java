package routes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
                "routes list; --url --json --profile --set --help --version",
                "routes show; ID --url --json --profile --set --help --version",
                "routes stop; ID --url --json --profile --set --help --version",
                "routes start; ID --url --json --profile --set --help --version",
                "deadletters list; --topic --reason --rig --since --until --limit --json --letters --bootstrap --profile --set",
                "deadletters show; PARTITION:OFFSET --json --letters --bootstrap --profile --set --help --version",
                "deadletters redrive; PARTITION:OFFSET --all --routes --allow-topic --topic --reason --rig --since --until --dry-run --rate --limit"
                        + " --max --json --letters --bootstrap --profile --set --help --version",
                "topics; list create",
                "deadletters; list show redrive",
                "routes; export list show stop start",
                "; run broker topics tap audit routes deadletters",
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
                "routes show; Missing required parameter: 'ID'",
                "routes stop; Missing required parameter: 'ID'",
                "routes start a b; Unmatched argument at index 3: 'b'",
                "routes list --url here; 'here' is not a URL as in http://127.0.0.1:8080",
                "routes list --url ftp://here; 'ftp://here' is not a URL as in http://127.0.0.1:8080",
                "routes list --url http://[; 'http://[' is not a URL: Expected",
                "tap; Missing required parameter: 'TOPIC-PATTERN'",
                "tap rig.*( ; 'rig.*(' is not a regular expression: Unclosed group",
                "tap x --from noon; expected one of [latest, earliest]",
                "audit --since noon; --since noon: expected an instant, as in 2026-11-20T10:00:00Z, or a time ago",
                "tap x --max 0; --max 0: expected 1 or more",
                "deadletters; Missing required subcommand",
                "deadletters list --topic rig.*(; 'rig.*(' is not a regular expression: Unclosed group",
                "deadletters list --since noon; --since noon: expected an instant, as in 2026-11-20T10:00:00Z, or a time ago",
                "deadletters list --until 99999999999999d; --until 99999999999999d: expected an instant",
                "deadletters list --since 1m --until 2m; nothing lies between since",
                "deadletters list --limit 0; --limit 0: expected 1 or more",
                "deadletters show; Missing required parameter: 'PARTITION:OFFSET'",
                "deadletters show 3-17; '3-17' names no dead letter; expected PARTITION:OFFSET, as in 3:17",
                "deadletters redrive; nothing says which letters",
                "deadletters redrive --all --rig R; more than one thing says which letters",
                "deadletters redrive 3:17 --all; more than one thing says which letters",
                "deadletters redrive 3:17 x; 'x' names no dead letter",
                "deadletters redrive --all --rate fast; 'fast' is not a rate as in 100/s or 0.5/s",
                "deadletters redrive --all --rate 0/s; '0/s' is not a rate as in 100/s or 0.5/s",
                "deadletters redrive --all --limit 0; --limit 0: expected 1 or more",
                "deadletters redrive --all --max -1; --max -1: expected 1 or more",
                "deadletters redrive --topic [; '[' is not a regular expression: Unclosed character class",
                "broker --profile kafka --set kafka.bootstrap=a:1; profile kafka has its Kafka elsewhere",
            })
    void wrongUsageEndsWith2AndASentence(String arguments, String sentence) {
        int code = execute(arguments.strip().split(" "));

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains(sentence);
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "run",
        "broker",
        "topics list",
        "topics create",
        "tap x",
        "audit",
        "routes list",
        "routes show x",
        "routes stop x",
        "routes start x",
        "deadletters list",
        "deadletters show 0:0",
        "deadletters redrive --all",
        "''"
    })
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
    void noNameOrMessageDoesAnythingToATerminal(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("a\u001b[31m\u009b2J\u202e.avro");
        Files.writeString(file, "not one");

        int code = execute("archive", "cat", file.toString());

        assertThat(code).isEqualTo(Commands.FOUND);
        assertThat(err.toString())
                .contains("a\\u001b[31m\\u009b2J\\u202e.avro' is no path in the archive")
                .doesNotContain("\u001b", "\u009b", "\u202e");
    }

    @Test
    void optionsThatStandForSettingsAreNamedAsTheirSource() {
        int code = execute("run", "--flows", "rigs,", "--routes", "/nowhere");

        assertThat(code).isEqualTo(78);
        assertThat(err.toString().lines())
                .containsExactly(
                        "flows=rigs, (from --flows): expected list",
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
