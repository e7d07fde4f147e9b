package io.smilodon.query.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The operators, by example: the scripts under {@code expressions/}. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ExpressionScriptTest {

    private static final DateValue NOW = new DateValue(1_700_000_000_000L);

    @TestFactory
    Stream<DynamicTest> every_example_holds() {
        return ExpressionScript.all().stream()
                .map(example -> DynamicTest.dynamicTest(example.line(), () -> run(example)));
    }

    private static void run(ExpressionScript.Example example) {
        if (example.succeeds()) {
            assertEquals(example.result(), evaluate(example), example.line());
            return;
        }
        SmilodonException error =
                assertThrows(SmilodonException.class, () -> evaluate(example), example.line());
        assertEquals(example.error().getAsInt(), error.code().number(), error.getMessage());
        assertTrue(error.location().isPresent(), "an error says where: " + error.getMessage());
    }

    private static Value evaluate(ExpressionScript.Example example) {
        Expression expression = ExpressionParser.parse(example.expression(), Location.ROOT);
        return expression.evaluate(EvaluationContext.of(example.document(), NOW));
    }

    /** Operands that are constants are folded, some are read once: that must not show. */
    @TestFactory
    Stream<DynamicTest> constants_and_fields_give_the_same() {
        return ExpressionScript.all().stream()
                .filter(ExpressionScript.Example::succeeds)
                .filter(example -> !withFields(example).equals(example))
                .map(
                        example ->
                                DynamicTest.dynamicTest(
                                        example.line(), () -> run(withFields(example))));
    }

    /** The example with constants among the operands taken from the document. */
    private static ExpressionScript.Example withFields(ExpressionScript.Example example) {
        if (!(example.expression() instanceof Document operator)
                || operator.isEmpty()
                || !(operator.iterator().next().value() instanceof ArrayValue operands)) {
            return example;
        }
        DocumentBuilder document = Document.builder().putAll(example.document());
        List<Value> fields = new ArrayList<>();
        for (Value operand : operands) {
            boolean isText = operand instanceof StringValue text && text.value().startsWith("$");
            if (isText || operand instanceof Document || operand instanceof ArrayValue) {
                fields.add(operand);
            } else {
                document.put("operand" + fields.size(), operand);
                fields.add(Value.of("$operand" + fields.size()));
            }
        }
        String name = operator.iterator().next().name();
        return new ExpressionScript.Example(
                example.heading(),
                example.line(),
                Document.of(name, ArrayValue.of(fields)),
                document.build(),
                example.end());
    }

    @Test
    void every_operator_has_an_example() {
        Set<String> shown =
                ExpressionScript.all().stream()
                        .filter(ExpressionScript.Example::succeeds)
                        .map(example -> example.heading().operator())
                        .collect(Collectors.toSet());
        Set<String> missing = new TreeSet<>(ExpressionOperators.TABLE.names());
        missing.removeAll(shown);
        assertEquals(Set.of(), missing);
    }

    @Test
    void every_summary_is_one_sentence() {
        for (OperatorFamily family : ExpressionOperators.FAMILIES) {
            for (String name : family.operators().names()) {
                String summary = family.operators().find(name).orElseThrow().summary();
                assertTrue(summary.endsWith("."), name + ": " + summary);
            }
        }
    }
}
