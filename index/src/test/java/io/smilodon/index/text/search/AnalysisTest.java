package io.smilodon.index.text.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.value.StringValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each part of an analyzer makes of a text. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AnalysisTest {

    private static final Pattern TYPE = Pattern.compile("'type': '(\\w+)'");

    static Stream<String> lines() throws IOException {
        try (InputStream text = AnalysisTest.class.getResourceAsStream("/search/analysis.txt")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"));
        }
    }

    @ParameterizedTest
    @MethodSource("lines")
    void makes_terms(String line) throws IOException {
        String[] parts = line.split(" \\| | => ", 3);
        Options definition =
                new Options(ExtendedJson.readDocument(parts[0].replace('\'', '"')), Location.ROOT);
        String text =
                ((StringValue) ExtendedJson.readValue('"' + parts[1] + '"'))
                        .value(); // with escapes
        List<String> terms = new ArrayList<>();
        try (Analyzer analyzer = CustomAnalysis.parse(definition);
                TokenStream stream = analyzer.tokenStream("f", text)) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                terms.add(term.toString());
            }
            stream.end();
        }
        assertEquals(parts[2], String.join(" ", terms), line);
    }

    @Test
    void every_part_is_shown() throws IOException {
        Set<String> shown = new TreeSet<>();
        lines().forEach(
                        line -> {
                            Matcher types = TYPE.matcher(line);
                            while (types.find()) {
                                shown.add(types.group(1));
                            }
                        });
        Set<String> known = new TreeSet<>(CharFilters.TABLE.keySet());
        known.addAll(Tokenizers.TABLE.keySet());
        known.addAll(TokenFilters.TABLE.keySet());
        assertEquals(known, shown);
    }
}
