package routes.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueTest {
    @Test
    void everyEntryOfTheBuiltInFileIsDeclared() {
        String file = Layers.builtIn("application.properties");

        Catalogue catalogue = Catalogue.parse(file);

        long entries =
                file.lines().filter(l -> !l.startsWith("#") && !l.isBlank()).count();
        assertThat(catalogue.settings()).hasSize((int) entries).hasSizeGreaterThan(60);
        assertThat(catalogue.settings().values())
                .allSatisfy(setting -> assertThat(setting.description()).isNotBlank())
                .filteredOn(Setting::isOurs)
                .hasSizeGreaterThan(25);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'rigs.count=1'; 'expected one comment line directly above'",
                "'# How many.\nrigs.count=1'; 'ending in [type range]'",
                "'# How many. [int 0..5]\n\nrigs.count=1'; 'expected one comment line directly above'",
                "'# How many. [int 0..5]\nrigs.count=7'; 'its default is not int 0..5'",
                "'# How many. [integer]\nrigs.count=7'; 'no such type of setting'",
                "'# How many. [int 0..5]\nrigs.count'; 'expected key=value'",
                "'camel.main.name=x'; 'expected one comment line directly above'",
                "'# A. [text]\na=b\n# A. [text]\na=c'; 'declared twice'",
            })
    void anIncompleteDeclarationIsRefused(String text, String sentence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Catalogue.parse(text))
                .withMessageContaining(sentence);
    }
}
