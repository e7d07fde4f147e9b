package io.smilodon.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.smilodon.database.Smilodon;
import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The scenarios in {@code resources/golden}, through the methods of a program and through the
 * commands of the server. What is expected is what MongoDB's manual says, not what we answer.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GoldenScriptTest {

    private static final int SCENARIOS_MIN = 60;

    private static final Smilodon SMILODON = Smilodon.inMemory();

    private static List<GoldenScript.Scenario> scenarios() {
        return Stream.of("geo", "library", "sensors", "shop", "social")
                .flatMap(name -> GoldenScript.read(name).scenarios().stream())
                .toList();
    }

    @AfterAll
    static void close() {
        SMILODON.close();
    }

    @Test
    void there_are_enough_scenarios() {
        assertTrue(scenarios().size() >= SCENARIOS_MIN);
    }

    @TestFactory
    Stream<DynamicTest> programs_see_what_the_scripts_say() {
        return scenarios().stream()
                .map(
                        scenario ->
                                DynamicTest.dynamicTest(
                                        scenario.name(),
                                        () -> run(scenario, new EmbeddedServer(SMILODON, "p"))));
    }

    @TestFactory
    Stream<DynamicTest> clients_see_what_the_scripts_say() {
        return scenarios().stream()
                .map(
                        scenario ->
                                DynamicTest.dynamicTest(
                                        scenario.name(),
                                        () -> run(scenario, new CommandServer(SMILODON, "c"))));
    }

    private static void run(GoldenScript.Scenario scenario, Server server) {
        SMILODON.dropDatabase("c");
        SMILODON.dropDatabase("p");
        for (GoldenScript.Step step : scenario.steps()) {
            check(step, server.run(step.command()));
        }
    }

    private static void check(GoldenScript.Step step, Answer answer) {
        switch (answer) {
            case Answer.Found found -> checkFound(step, found.documents());
            case Answer.Done done -> checkDone(step, done.fields());
            case Answer.Failed failed ->
                    assertEquals(
                            step.expected(),
                            List.of("! " + failed.code().number() + " " + failed.code().name()),
                            step.place());
        }
    }

    private static void checkFound(GoldenScript.Step step, List<Document> documents) {
        String found =
                documents.isEmpty()
                        ? "= nothing\n"
                        : String.join("", documents.stream().map(GoldenScriptTest::line).toList());
        StringBuilder expected = new StringBuilder();
        for (String line : step.expected()) {
            expected.append(line.startsWith("= {") ? line(document(line)) : line + "\n");
        }
        assertEquals(expected.toString(), found, step.place());
    }

    private static String line(Document document) {
        return "= " + json(document) + "\n";
    }

    /** The types of numbers count. */
    private static String json(Value value) {
        return ExtendedJson.write(value, JsonMode.CANONICAL);
    }

    private static Document document(String line) {
        return ExtendedJson.readDocument(line.substring(2));
    }

    private static void checkDone(GoldenScript.Step step, Document answer) {
        for (String line : step.expected()) {
            assertTrue(line.startsWith("> "), () -> step.place() + ": " + json(answer));
            assertPart(document(line), answer, step.place() + " in " + json(answer));
        }
    }

    /** Compares the fields that are expected; arrays have as many elements. */
    private static void assertPart(Value expected, Value actual, String place) {
        if (expected instanceof Document document && actual instanceof Document found) {
            for (Field field : document) {
                assertPart(field.value(), found.get(field.name()), field.name() + " at " + place);
            }
        } else if (expected instanceof ArrayValue array && actual instanceof ArrayValue found) {
            assertEquals(array.size(), found.size(), place);
            for (int i = 0; i < array.size(); i++) {
                assertPart(array.get(i), found.get(i), i + " at " + place);
            }
        } else if (!expected.equals(actual)) {
            fail("expected " + json(expected) + " as " + place);
        }
    }
}
