package io.smilodon.query.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.query.expression.BoundVariables;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.predicate.PredicateParser;
import io.smilodon.query.testing.Script;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The scripts in {@code resources/update}: a document before an update (or the filter of an upsert)
 * and the document after it, or the number, name and place of the error. {@code where} is the
 * filter that the document matches, {@code filters} are array filters, {@code let} and {@code c}
 * variables.
 */
class UpdateScriptTest {

    private static final DateValue NOW =
            new DateValue(Instant.parse("2026-01-02T03:04:05.678Z").toEpochMilli());

    @TestFactory
    Stream<DynamicTest> scripts() {
        return Stream.of(
                        "fields",
                        "numbers",
                        "arrays",
                        "replacements",
                        "upserts",
                        "positional",
                        "pipelines")
                .flatMap(name -> Script.cases("/update/" + name + ".txt").stream())
                .map(one -> DynamicTest.dynamicTest(one.name(), () -> run(one)));
    }

    private static void run(Script.Case script) {
        if (script.has("error")) {
            SmilodonException error =
                    assertThrows(SmilodonException.class, () -> after(script), script.name());
            script.assertError(error);
        } else if (script.has("unchanged")) {
            Document before = ExtendedJson.readDocument(script.get("before"));
            assertSame(before, parse(script).apply(before, context(script, before)));
        } else {
            assertEquals(
                    ExtendedJson.readDocument(script.get("after")), after(script), script.name());
        }
    }

    private static Document after(Script.Case script) {
        if (script.has("filter")) {
            return UpsertDocument.from(
                    ExtendedJson.readDocument(script.get("filter")),
                    parse(script),
                    UpdateContext.ofInsert(NOW));
        }
        Document before = ExtendedJson.readDocument(script.get("before"));
        return parse(script).apply(before, context(script, before));
    }

    private static UpdateContext context(Script.Case script, Document before) {
        UpdateContext context = UpdateContext.ofUpdate(NOW);
        if (!script.has("where")) {
            return context;
        }
        Predicate filter = PredicateParser.parse(ExtendedJson.readDocument(script.get("where")));
        assertTrue(filter.matches(before), script.name());
        return context.withMatched(filter.elementPosition(before));
    }

    private static Update parse(Script.Case script) {
        List<Document> filters = new ArrayList<>();
        if (script.has("filters")) {
            ArrayValue written = (ArrayValue) ExtendedJson.readValue(script.get("filters"));
            written.forEach(filter -> filters.add((Document) filter));
        }
        Location place = Location.ROOT.child("let");
        BoundVariables variables = BoundVariables.parse(document(script, "let"), place, NOW);
        return Update.parse(
                ExtendedJson.readValue(script.get("update")),
                new UpdateScope(Location.ROOT, filters, variables, document(script, "c")));
    }

    private static Document document(Script.Case script, String keyword) {
        return script.has(keyword)
                ? ExtendedJson.readDocument(script.get(keyword))
                : Document.EMPTY;
    }
}
