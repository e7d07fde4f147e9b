package io.smilodon.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.ErrorCode;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ErrorNumbersTest {

    /** A number as an error's code: {@code location(7)}, {@code operand.error(7, "why")}. */
    private static final Pattern NUMBERED =
            Pattern.compile("\\b(?:location\\(\\s*(\\d+)\\)|[a-z]\\w*\\(\\s*(\\d+),\\s*\")");

    @Test
    void numbers_that_have_a_name_are_given_by_it() throws IOException {
        Set<Integer> named =
                Arrays.stream(ErrorCode.class.getFields())
                        .filter(field -> Modifier.isStatic(field.getModifiers()))
                        .map(ErrorNumbersTest::number)
                        .collect(Collectors.toSet());
        List<String> numbered = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        for (String module : List.of("engine", "collation", "index", "query", "rest", "wire")) {
            for (Path source : sources(Path.of("..", module, "src", "main", "java"))) {
                Matcher matcher = NUMBERED.matcher(Files.readString(source));
                while (matcher.find()) {
                    String digits = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
                    numbered.add(digits);
                    if (named.contains(Integer.parseInt(digits))) {
                        wrong.add(source.getFileName() + ": " + digits);
                    }
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(named.contains(9) && numbered.contains("40415"), "nothing was looked at");
    }

    private static int number(java.lang.reflect.Field field) {
        try {
            return ((ErrorCode) field.get(null)).number();
        } catch (IllegalAccessException error) {
            throw new AssertionError(error);
        }
    }

    private static List<Path> sources(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
