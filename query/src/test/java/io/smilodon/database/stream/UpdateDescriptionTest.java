package io.smilodon.database.stream;

import static io.smilodon.database.Json.doc;
import static io.smilodon.database.Json.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.file.ByteReader;
import io.smilodon.engine.file.ByteWriter;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import io.smilodon.query.update.Update;
import io.smilodon.query.update.UpdateContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UpdateDescriptionTest {

    private static final UpdateContext CONTEXT = UpdateContext.ofUpdate(new DateValue(0));

    private static List<PathChange> changes(Document before, Document after, Update update) {
        return update.touchedPaths()
                .map(paths -> UpdateDescription.changes(before, after, paths))
                .orElseGet(() -> UpdateDescription.changes(before, after));
    }

    private static Document described(Document before, Update update, boolean isExpanded) {
        Document after = update.apply(before, CONTEXT);
        return UpdateDescription.of(changes(before, after, update), after, isExpanded);
    }

    /**
     * What is not empty of {@code updatedFields}, {@code removedFields}, {@code truncatedArrays}.
     */
    private static String summary(String before, String update) {
        Update parsed = Update.parse(ExtendedJson.readValue(update.replace('\'', '"')));
        Document description = described(doc(before), parsed, false);
        return text(description)
                .replace("'updatedFields':{}", "")
                .replace("'removedFields':[]", "")
                .replace("'truncatedArrays':[]", "")
                .replaceAll("^\\{,*|,*\\}$", "")
                .replaceAll(",+'(removed|trunc)", ",'$1");
    }

    private static Document list(int count, int changed) {
        List<Value> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            elements.add(Value.of((i < changed ? "later " : "before") + "x".repeat(40)));
        }
        return Document.of("a", ArrayValue.of(elements));
    }

    private static List<PathChange> changesOfList(int count, int changed) {
        return UpdateDescription.changes(list(count, 0), list(count, changed));
    }

    @Test
    void many_changes_inside_an_array_are_told_as_the_array() {
        int most = DocumentDifference.CHANGES_MAX;
        assertEquals(most, changesOfList(2 * most, most).size());
        assertEquals(1, changesOfList(2 * most, most + 1).size());
        assertEquals(1, changesOfList(1000, 1000).size());
    }

    @Test
    void many_new_elements_are_told_as_the_array() {
        int most = TouchedPlaces.ELEMENTS_MAX;
        assertEquals(most, newElements(most - 1));
        assertEquals(1, newElements(most));
    }

    private static int newElements(int index) {
        Update far = Update.parse(ExtendedJson.readValue("{\"$set\": {\"a." + index + "\": 1}}"));
        Document before = list(0, 0);
        return changes(before, far.apply(before, CONTEXT), far).size();
    }

    @Test
    void a_difference_takes_steps() {
        long before = Steps.taken();
        changesOfList(10_000, 5_000);
        assertTrue(Steps.taken() - before >= 10_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'a': 1} | {'$set': {'a': 2, 'b': 3}} | 'updatedFields':{'a':2,'b':3}",
                "{'a': 1} | {'$unset': {'a': ''}} | 'removedFields':['a']",
                "{'a': {'b': 1}} | {'$set': {'a.b': 2}} | 'updatedFields':{'a.b':2}",
                "{} | {'$set': {'a.b': 2, 'a.c': 3}} | 'updatedFields':{'a':{'b':2,'c':3}}",
                "{'a': {}} | {'$set': {'a.b.c': 2}} | 'updatedFields':{'a.b':{'c':2}}",
                "{'a': {'b': 1}} | {'$set': {'a': {'b': 2}}} | 'updatedFields':{'a':{'b':2}}",
                "{'a': [1, 2]} | {'$set': {'a.1': 3}} | 'updatedFields':{'a.1':3}",
                "{'a': [{'b': 1}]} | {'$set': {'a.0.b': 3}} | 'updatedFields':{'a.0.b':3}",
                "{'a': [1]} | {'$set': {'a.3': 4}} | 'updatedFields':{'a.1':null,'a.2':null,'a.3':4}",
                "{'a': [1, 2]} | {'$set': {'a': [1, 2, 3]}} | 'updatedFields':{'a':[1,2,3]}",
                "{'a': [1, 2]} | {'$unset': {'a.0': ''}} | 'updatedFields':{'a.0':null}",
                "{'a': [1]} | {'$push': {'a': 2}} | 'updatedFields':{'a.1':2}",
                "{} | {'$push': {'a': 2}} | 'updatedFields':{'a':[2]}",
                "{'a': [1]} | {'$push': {'a': {'$each': [2, 3]}}} | 'updatedFields':{'a.1':2,'a.2':3}",
                "{'a': [1]} | {'$push': {'a': {'$each': [2], '$position': 0}}} |"
                        + " 'updatedFields':{'a':[2,1]}",
                "{'a': [1, 2]} | {'$push': {'a': {'$each': [3], '$slice': -2}}} |"
                        + " 'updatedFields':{'a':[2,3]}",
                "{'a': [1, 2]} | {'$pull': {'a': 1}} | 'updatedFields':{'a':[2]}",
                "{'a': [1, 2]} | {'$pop': {'a': 1}} | 'updatedFields':{'a':[1]}",
                "{'a': [1]} | {'$addToSet': {'a': 2}} | 'updatedFields':{'a':[1,2]}",
                "{'a': [1, 2]} | {'$inc': {'a.$[]': 1}} | 'updatedFields':{'a.0':2,'a.1':3}",
                "{'a': [{'b': {'c': 1}}]} | {'$set': {'a.$[].b': {'c': 2}}} |"
                        + " 'updatedFields':{'a.0.b':{'c':2}}",
                "{'a': [{'b': [1]}, {}]} | {'$push': {'a.$[].b': 2}} |"
                        + " 'updatedFields':{'a.0.b.1':2,'a.1.b':[2]}",
                "{'a': 1} | {'$rename': {'a': 'b'}} | 'updatedFields':{'b':1},'removedFields':['a']",
                "{'a': 1, 'b': 1} | [{'$set': {'a': 2}}, {'$unset': 'b'}] |"
                        + " 'updatedFields':{'a':2},'removedFields':['b']",
                "{'a': ['long enough, long enough', 2, 3]} | [{'$set': {'a': {'$slice': ['$a', 1]}}}]"
                        + " | 'truncatedArrays':[{'field':'a','newSize':1}]",
                "{'a': ['long enough, long enough']} | [{'$set': {'a': {'$concatArrays': ['$a',"
                        + " [2]]}}}] | 'updatedFields':{'a.1':2}",
                "{'a': {'s': 'long enough, long enough', 'n': 1}} | [{'$set': {'a.n': 2}}] |"
                        + " 'updatedFields':{'a.n':2}",
                "{'a': [1, 2]} | [{'$set': {'a': [3]}}] | 'updatedFields':{'a':[3]}",
            })
    void an_update_is_described_as_mongodb_does(String before, String update, String expected) {
        assertEquals(expected.replace(" ", ""), summary(before, update));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'a': {'0': 1}} | {'$set': {'a.0': 2}} | {'a.0':['a','0']}",
                "{'a': [{'0': 1}]} | {'$set': {'a.0.0': 2}} | {'a.0.0':['a',0,'0']}",
                "{'a': [[1]]} | {'$set': {'a.0.0': 2}} | {}",
                "{'0': 1} | {'$set': {'0': 2}} | {}",
                "{'a': 1} | [{'$replaceWith': {'$setField': {'field': 'x.y', 'input': '$$ROOT',"
                        + " 'value': 1}}}] | {'x.y':['x.y']}",
            })
    void paths_that_could_mean_another_are_told_step_by_step(
            String before, String update, String expected) {
        Update parsed = Update.parse(ExtendedJson.readValue(update.replace('\'', '"')));
        Document description = described(doc(before), parsed, true);
        assertEquals(expected, text(description.get("disambiguatedPaths")));
    }

    /** The law of descriptions. */
    @RepeatedTest(100)
    void who_does_what_is_described_has_the_document() {
        long seed = Seeds.next();
        RandomUpdates random = new RandomUpdates(new Random(seed));
        Document document = random.document(Value.of(1));
        for (int step = 0; step < 5; step++) {
            Document before = document;
            Value written = random.update();
            Update update = Update.parse(written);
            document = update.apply(before, CONTEXT);
            Document after = document;
            Document description = described(before, update, false);
            assertEquals(
                    DescribedUpdate.sorted(after),
                    DescribedUpdate.sorted(DescribedUpdate.apply(before, description)),
                    () -> "seed " + seed + ": " + before + ", " + written + ": " + description);
        }
    }

    /** A transaction tells only the last state, and what all its updates touched. */
    @RepeatedTest(100)
    void several_updates_are_described_together() {
        long seed = Seeds.next();
        Random choice = new Random(seed);
        RandomUpdates random = new RandomUpdates(choice);
        Document first = random.document(Value.of(1));
        Document last = first;
        List<PathChange> changes = new ArrayList<>();
        for (int count = 2 + choice.nextInt(4); count > 0; count--) {
            Update update = Update.parse(random.update());
            Document after = update.apply(last, CONTEXT);
            changes.addAll(changes(last, after, update));
            last = after;
        }
        Document description = UpdateDescription.of(PathChange.together(changes), last, false);
        assertEquals(
                DescribedUpdate.sorted(last),
                DescribedUpdate.sorted(DescribedUpdate.apply(first, description)),
                () -> "seed " + seed + ": " + first + ": " + description);
    }

    @Test
    void changes_are_read_as_they_were_written() {
        List<PathChange> changes =
                List.of(
                        PathChange.of(List.of(Value.of("a.b"), Value.of(300), Value.of("ü"))),
                        PathChange.cut(List.of(Value.of("a")), 0),
                        PathChange.cut(List.of(Value.of("a"), Value.of(0)), 1_000));
        ByteWriter writer = new ByteWriter(16);
        changes.forEach(change -> PathChangeCodec.write(change, writer));
        assertEquals(changes, PathChangeCodec.readAll(new ByteReader(writer.toBytes())));
    }
}
