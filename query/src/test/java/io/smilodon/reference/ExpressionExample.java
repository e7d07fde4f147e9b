package io.smilodon.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionOperators;
import io.smilodon.query.expression.ExpressionParser;
import io.smilodon.query.expression.ExpressionScript;
import io.smilodon.query.expression.OperatorFamily;
import io.smilodon.query.testing.Script;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An {@code expression}, a {@code document} and the {@code result}: the first in its script. */
final class ExpressionExample implements ExampleKind {

    private static final DateValue NOW = new DateValue(1_700_000_000_000L);

    /** The families of the tables, each operator with its summary there. */
    static List<Family> families() {
        Map<String, ExpressionScript.Example> first = new HashMap<>();
        for (ExpressionScript.Example example : ExpressionScript.all()) {
            if (example.succeeds()) {
                first.putIfAbsent(example.heading().operator(), example);
            }
        }
        List<Family> families = new ArrayList<>();
        for (OperatorFamily family : ExpressionOperators.FAMILIES) {
            List<Example> examples = new ArrayList<>();
            for (String name : family.operators().names()) {
                String summary = family.operators().find(name).orElseThrow().summary();
                examples.add(example(summary, first.get(name)));
            }
            families.add(new Family(family.title(), examples));
        }
        return families;
    }

    private static Example example(String summary, ExpressionScript.Example script) {
        ExpressionScript.Heading heading = script.heading();
        return new Example(
                heading.operator() + ": " + heading.operands(),
                summary,
                new Script.Case(
                        script.line(),
                        Map.of(
                                "expression", json(script.expression()),
                                "document", json(script.document()),
                                "result", json(script.result()))));
    }

    private static String json(Value value) {
        return ExtendedJson.write(value, JsonMode.CANONICAL);
    }

    @Override
    public String text(Example example) {
        String on = example.document("document").isEmpty() ? "" : " on " + example.code("document");
        return example.code("expression") + on + " gives " + example.code("result");
    }

    @Override
    public void check(Example example, ExampleDatabase database) {
        Expression expression = ExpressionParser.parse(example.value("expression"), Location.ROOT);
        Value result = expression.evaluate(EvaluationContext.of(example.document("document"), NOW));
        assertEquals(example.value("result"), result);
    }
}
