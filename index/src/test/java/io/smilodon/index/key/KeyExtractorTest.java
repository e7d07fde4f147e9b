package io.smilodon.index.key;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.index.testing.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KeyExtractorTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void a_document_has_the_keys_of_the_script(Case example) {
        assertEquals(example.expected, example.actual());
    }

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        KeyExtractor extractor = null;
        Script.Line input = null;
        for (Script.Line line : Script.lines("/io/smilodon/index/keys.txt")) {
            if (line.is("index") || line.is("sparse")) {
                Document pattern = ExtendedJson.readDocument(line.rest());
                extractor =
                        new KeyExtractor(
                                KeyPattern.parse(pattern, Location.ROOT), line.is("sparse"));
            } else if (line.is("keys")) {
                input = line;
            } else {
                cases.add(new Case(input, extractor, line.text()));
            }
        }
        return cases.stream();
    }

    record Case(Script.Line line, KeyExtractor extractor, String expected) {

        String actual() {
            try {
                return render(extractor.keys(ExtendedJson.readDocument(line.rest())));
            } catch (SmilodonException refused) {
                return "! " + refused.code().number();
            }
        }

        private static String render(ExtractedKeys extracted) {
            String keys =
                    extracted.keys().stream().map(key -> " " + key).collect(Collectors.joining());
            String arrays =
                    extracted.multikeyPaths().isMultikey()
                            ? " | " + compact(extracted.multikeyPaths())
                            : "";
            return "=" + keys + arrays;
        }

        private static String compact(MultikeyPaths paths) {
            return paths.prefixLengths().stream()
                    .map(lengths -> lengths.stream().sorted().toList().toString())
                    .collect(Collectors.joining(", ", "[", "]"));
        }

        @Override
        public String toString() {
            return line.toString();
        }
    }
}
