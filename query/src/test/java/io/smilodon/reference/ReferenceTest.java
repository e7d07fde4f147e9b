package io.smilodon.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The reference of operators is whole, current and true. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReferenceTest {

    private static final List<Chapter> CHAPTERS = Chapters.all();
    private static final List<Chapter> SEARCHES = SearchChapters.all();
    private static final List<Chapter> ALL =
            Stream.concat(CHAPTERS.stream(), SEARCHES.stream()).toList();
    private static final List<Refusal> REFUSALS = Refusal.read();
    private static final List<Refusal> SEARCH_REFUSALS = Refusal.read("refused-search");
    private static final ExampleDatabase DATABASE = new ExampleDatabase();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void every_operator_of_the_tables_is_described() {
        for (Chapter chapter : ALL) {
            assertEquals(Set.of(), chapter.mismatches(), chapter.title());
        }
    }

    /** Where there is no table, the code tells its names to who gives it a wrong one. */
    @Test
    void every_option_that_the_code_takes_is_described() {
        DATABASE.fill(ExampleDatabase.COLLECTION, ArrayValue.of(Document.EMPTY));
        Set<String> mismatches = new TreeSet<>();
        ALL.forEach(chapter -> mismatches.addAll(chapter.mismatches(DATABASE)));
        assertEquals(Set.of(), mismatches);
    }

    @Test
    void the_file_of_searches_is_what_the_examples_say() throws IOException {
        String text = ReferenceText.of(SearchChapters.start(), SEARCHES, SEARCH_REFUSALS);
        GeneratedFile.assertCurrent(Path.of("SEARCH.md"), text, ReferenceTest.class);
    }

    @Test
    void the_file_is_what_the_tables_and_examples_say() throws IOException {
        String text = ReferenceText.of(CHAPTERS, REFUSALS);
        GeneratedFile.assertCurrent(Path.of("OPERATORS.md"), text, ReferenceTest.class);
    }

    @Test
    void everything_in_the_language_is_described_or_refused() throws IOException {
        for (String line : languageLines()) {
            String[] parts = line.split(": ");
            Set<String> missing = new TreeSet<>(List.of(parts[1].split(" ")));
            missing.removeAll(Chapters.described(parts[0]));
            missing.removeAll(Refusal.names(REFUSALS, parts[0]));
            assertEquals(Set.of(), missing, parts[0]);
        }
    }

    private static List<String> languageLines() throws IOException {
        try (InputStream list =
                ReferenceTest.class.getResourceAsStream("/reference/language.list")) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    @Test
    void summaries_are_sentences() {
        for (Chapter chapter : ALL) {
            for (Example example : chapter.examples()) {
                assertTrue(example.summary().endsWith("."), example.signature());
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> every_example_is_true() {
        return ALL.stream()
                .flatMap(
                        chapter ->
                                chapter.examples().stream().map(example -> test(chapter, example)));
    }

    private static DynamicTest test(Chapter chapter, Example example) {
        return DynamicTest.dynamicTest(
                chapter.title() + " " + example.name(),
                () -> chapter.kind().check(example, DATABASE));
    }

    @TestFactory
    Stream<DynamicTest> what_is_refused_fails_with_the_code() {
        return Stream.concat(REFUSALS.stream(), SEARCH_REFUSALS.stream())
                .flatMap(refusal -> refusal.names().stream().map(name -> test(refusal, name)));
    }

    private static DynamicTest test(Refusal refusal, String name) {
        return DynamicTest.dynamicTest(
                refusal.kind() + " " + name,
                () -> {
                    Document answer = DATABASE.answer(refusal.probe(name));
                    assertEquals(refusal.code(), code(answer), () -> ShellText.of(answer));
                });
    }

    /** Whatever the pipeline runs on, and whichever database it is. */
    @TestFactory
    Stream<DynamicTest> a_stage_that_is_refused_is_so_wherever_it_is_asked_for() {
        return REFUSALS.stream()
                .filter(refusal -> refusal.kind().equals("stage"))
                .flatMap(
                        refusal -> refusal.names().stream().map(name -> everywhere(refusal, name)));
    }

    private static DynamicTest everywhere(Refusal refusal, String name) {
        return DynamicTest.dynamicTest(
                name,
                () -> {
                    for (String database : List.of("examples", "admin")) {
                        for (Value source : List.of(Value.of("c"), Value.of(1))) {
                            Document probe = refusal.probe(name).with("aggregate", source);
                            Document answer = DATABASE.answer(database, probe);
                            assertEquals(
                                    refusal.code(),
                                    code(answer),
                                    () -> database + " " + source + " " + ShellText.of(answer));
                        }
                    }
                });
    }

    /** Of the command, or of its first statement. */
    private static long code(Document answer) {
        if (answer.get("writeErrors") instanceof ArrayValue errors) {
            return code((Document) errors.get(0));
        }
        return answer.get("code") instanceof NumberValue code ? code.toLong() : 0;
    }
}
