package io.smilodon.query.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.testing.ListCursor;
import io.smilodon.query.testing.Script;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The scripts in {@code resources/aggregate}: documents, perhaps those of another collection, a
 * pipeline, and its result or error.
 */
class PipelineScriptTest {

    @TestFactory
    Stream<DynamicTest> scripts() {
        return Stream.of(
                        "stages",
                        "group",
                        "lookup",
                        "errors",
                        "placement",
                        "union",
                        "facet",
                        "redact",
                        "graph",
                        "accumulators",
                        "bucket",
                        "windows",
                        "series")
                .flatMap(name -> Script.cases("/aggregate/" + name + ".txt").stream())
                .map(one -> DynamicTest.dynamicTest(one.name(), () -> run(one)));
    }

    private static void run(Script.Case script) {
        if (script.has("error")) {
            script.assertError(
                    assertThrows(SmilodonException.class, () -> result(script), script.name()));
            return;
        }
        List<Document> expected = documents(script.get("result"));
        assertEquals(text(expected), text(result(script)), script.name());
        assertEquals(text(expected), text(resultOfSplit(script)), "split: " + script.name());
    }

    /** Canonical, so that number types count. */
    private static String text(List<Document> documents) {
        return ExtendedJson.write(ArrayValue.of(documents), JsonMode.CANONICAL);
    }

    private static List<Document> result(Script.Case script) {
        return ListCursor.drain(
                pipeline(script).open(new ListCursor(input(script)), context(script)));
    }

    private static List<Document> resultOfSplit(Script.Case script) {
        return SplitRunner.run(
                PipelineRules.split(pipeline(script)), input(script), context(script));
    }

    private static Pipeline pipeline(Script.Case script) {
        return Pipeline.parse(ExtendedJson.readArray(script.get("pipeline")), Location.ROOT);
    }

    private static List<Document> input(Script.Case script) {
        return script.has("input") ? documents(script.get("input")) : List.of();
    }

    private static MemoryCollections context(Script.Case script) {
        Map<String, List<Document>> collections =
                script.has("other") ? Map.of("other", documents(script.get("other"))) : Map.of();
        return new MemoryCollections(OperationContext.unlimited(), collections);
    }

    private static List<Document> documents(String json) {
        return ExtendedJson.readArray(json).elements().stream().map(Document.class::cast).toList();
    }
}
