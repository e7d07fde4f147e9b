package io.smilodon.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
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

    /** Those whose tests are named after rules, as seen from this one. */
    private static final List<String> MODULES = List.of(".", "../engine");

    /** The lines of the scripts in each folder that ask for something. */
    private static final Map<String, Pattern> SCRIPTS =
            new TreeMap<>(
                    Map.of(
                            "aggregate", Pattern.compile("^pipeline "),
                            "expressions", Pattern.compile("^[^#].* (gives|fails) "),
                            "hostile", Pattern.compile("^[^#].* => "),
                            "mongodb", Pattern.compile("^[^#].* => "),
                            "plans", Pattern.compile("^explain "),
                            "reference", Pattern.compile("^operator "),
                            "search", Pattern.compile("^[^#].* => "),
                            "update", Pattern.compile("^update ")));

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

    /** The classes of tests by the number of a rule; one for each method. */
    private static Map<String, List<String>> tests() throws IOException {
        Map<String, List<String>> tests = new TreeMap<>();
        for (String module : MODULES) {
            for (Path source : files(Path.of(module, "src/test/java"), "Test.java")) {
                String name = source.getFileName().toString().replace(".java", "");
                Matcher matcher = TEST.matcher(Files.readString(source));
                while (matcher.find()) {
                    tests.computeIfAbsent(matcher.group(1), number -> new ArrayList<>()).add(name);
                }
            }
        }
        return tests;
    }

    private static List<Path> files(Path folder, String end) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
        }
    }

    private static long scenarios(String folder, Pattern scenario) throws IOException {
        long count = 0;
        for (Path script : files(Path.of("src/test/resources", folder), ".txt")) {
            count += Files.readAllLines(script).stream().filter(scenario.asPredicate()).count();
        }
        return count;
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
        Map<String, List<String>> tests = tests();
        StringBuilder text = new StringBuilder();
        text.append("# Rules\n\n")
                .append("The rules of the language by number, the tests whose methods are named")
                .append(" after them, and where\nMongoDB shows a rule that is not plain: tests of")
                .append(" its repository, pages of its manual.\nA test makes this file.\n\n")
                .append(counts(tests))
                .append("| | rule | tests | source |\n|---|---|---|---|\n");
        rules().forEach((number, words) -> text.append(row(number, words, tests)));
        GeneratedFile.assertCurrent(Path.of("RULES.md"), text.toString(), ReferenceRulesTest.class);
    }

    private static String counts(Map<String, List<String>> tests) throws IOException {
        StringJoiner scenarios = new StringJoiner(", ");
        for (Map.Entry<String, Pattern> folder : SCRIPTS.entrySet()) {
            long count = scenarios(folder.getKey(), folder.getValue());
            scenarios.add(folder.getKey() + " " + roundedDown(count));
        }
        long named = tests.values().stream().mapToInt(List::size).sum();
        return ("%d rules, at least %d tests named after them; scenarios in scripts, at least:"
                        + " %s.\n\n")
                .formatted(rules().size(), roundedDown(named), scenarios);
    }

    /** To fifties, so that not every new test changes the file. */
    private static long roundedDown(long count) {
        return count - count % 50;
    }

    private static String row(String number, String words, Map<String, List<String>> tests) {
        String digits = number.substring(0, 3);
        Set<String> names = new TreeSet<>(tests.getOrDefault(digits, List.of()));
        String where = names.isEmpty() ? "with its index" : "`" + String.join("` `", names) + "`";
        String[] ruleAndSource = words.split(" \\| ", 2);
        String source = ruleAndSource.length == 2 ? ruleAndSource[1] + " " : "";
        return "| %d | %s | %s | %s|\n"
                .formatted(Integer.parseInt(digits), ruleAndSource[0], where, source);
    }
}
