package io.smilodon.query.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import io.smilodon.query.exec.MemoryAccount;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.testing.ListCursor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stages that search for the values of an array count a step for each of them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JoinStepsTest {

    /** More than the steps from one check to the next. */
    private static final int SIZE = 5_000;

    /** Thrown where an operation would be found to be out of time. */
    private static final class OutOfTime extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    private static void outOfTime() {
        throw new OutOfTime();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{'$lookup': {'from': 'o', 'localField': 'a', 'foreignField': 'x', 'as': 'f'}}]",
                "[{'$graphLookup': {'from': 'o', 'startWith': '$a', 'connectFromField': 'x',"
                        + " 'connectToField': 'x', 'as': 'f'}}]",
            })
    void a_large_array_ends_with_its_operation(String stages) {
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            values.add(Value.of(i * 7_919L % SIZE));
        }
        Pipeline pipeline =
                Pipeline.parse(ExtendedJson.readArray(stages.replace('\'', '"')), Location.ROOT);
        List<Document> given = List.of(Document.of("a", ArrayValue.of(values)));
        assertEquals(1, run(pipeline, given).size());
        assertThrows(
                OutOfTime.class,
                () -> Steps.guarded(JoinStepsTest::outOfTime, () -> run(pipeline, given)));
    }

    @Test
    void the_list_of_a_join_counts_as_memory_of_the_operation() {
        Document local =
                Document.of("a", ArrayValue.of(Collections.nCopies(5_000_000, Value.of(1))));
        Lookup.Join join = new Lookup.Join(FieldPath.parse("a"), FieldPath.parse("x"), false);
        MemoryAccount memory = new MemoryAccount("$lookup", OperationContext.unlimited());
        SmilodonException error =
                assertThrows(SmilodonException.class, () -> JoinFilter.of(join, local, memory));
        assertEquals(292, error.code().number());
    }

    private static List<Document> run(Pipeline pipeline, List<Document> given) {
        return ListCursor.drain(pipeline.open(new ListCursor(given), MemoryCollections.none()));
    }
}
