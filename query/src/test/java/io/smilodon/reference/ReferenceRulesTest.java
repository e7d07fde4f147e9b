package io.smilodon.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Each rule of the language has tests that are named after it; a file says which. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReferenceRulesTest {

    private static final Pattern TEST = Pattern.compile("\\brule_(\\d{3})_\\w+\\(");

    /** Rules by their numbers; those with a star have not come yet. */
    private static Map<String, String> rules() throws IOException {
        Map<String, String> rules = new TreeMap<>();
        try (InputStream list =
                ReferenceRulesTest.class.getResourceAsStream("/reference/rules.txt")) {
            new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> rules.put(line.split(" ")[0], line.split(" ", 2)[1]));
        }
        return rules;
    }

    /** The classes of tests by the number of a rule. */
    private static Map<String, Set<String>> tests() throws IOException {
        Map<String, Set<String>> tests = new TreeMap<>();
        List<Path> sources;
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            sources = files.filter(file -> file.toString().endsWith("Test.java")).toList();
        }
        for (Path source : sources) {
            String name = source.getFileName().toString().replace(".java", "");
            Matcher matcher = TEST.matcher(Files.readString(source));
            while (matcher.find()) {
                tests.computeIfAbsent(matcher.group(1), number -> new TreeSet<>()).add(name);
            }
        }
        return tests;
    }

    @Test
    void every_rule_has_a_test_that_names_it() throws IOException {
        Set<String> missing = new TreeSet<>(rules().keySet());
        missing.removeIf(number -> number.endsWith("*"));
        missing.removeAll(tests().keySet());
        assertEquals(Set.of(), missing);
    }

    @Test
    void no_test_names_a_rule_that_does_not_exist() throws IOException {
        Set<String> unknown = new TreeSet<>(tests().keySet());
        rules().keySet().forEach(number -> unknown.remove(number.substring(0, 3)));
        assertEquals(Set.of(), unknown);
    }

    @Test
    void the_file_says_which_test() throws IOException {
        Map<String, Set<String>> tests = tests();
        StringBuilder text = new StringBuilder();
        text.append("# Rules\n\n")
                .append("The rules of the language by number, the tests whose methods are named")
                .append(" after them, and where\nMongoDB shows a rule that is not plain: tests of")
                .append(" its repository, pages of its manual.\nA test makes this file.\n\n")
                .append("| | rule | tests | source |\n|---|---|---|---|\n");
        rules().forEach((number, words) -> text.append(row(number, words, tests)));
        GeneratedFile.assertCurrent(Path.of("RULES.md"), text.toString(), ReferenceRulesTest.class);
    }

    private static String row(String number, String words, Map<String, Set<String>> tests) {
        String digits = number.substring(0, 3);
        Set<String> names = tests.getOrDefault(digits, Set.of());
        String where = names.isEmpty() ? "with its index" : "`" + String.join("` `", names) + "`";
        String[] ruleAndSource = words.split(" \\| ", 2);
        String source = ruleAndSource.length == 2 ? ruleAndSource[1] + " " : "";
        return "| %d | %s | %s | %s|\n"
                .formatted(Integer.parseInt(digits), ruleAndSource[0], where, source);
    }
}
