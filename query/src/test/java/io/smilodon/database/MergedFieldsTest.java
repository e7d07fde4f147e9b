package io.smilodon.database;

import static io.smilodon.database.Json.assertCode;
import static io.smilodon.database.Json.doc;
import static io.smilodon.database.Json.docs;
import static io.smilodon.database.Json.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.value.Document;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * Names and values of fields that are not stored as they are by {@code $merge} and {@code $out}.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MergedFieldsTest {

    private Smilodon smilodon;
    private DocumentCollection source;
    private DocumentCollection target;

    @BeforeEach
    void open() {
        smilodon = Smilodon.inMemory();
        source = smilodon.database("d").collection("source");
        target = smilodon.database("d").collection("target");
        source.insertOne(doc("{'_id': 1, 'a': 10}"));
    }

    @AfterEach
    void close() {
        smilodon.close();
    }

    private void run(String... stages) {
        assertEquals("", text(source.aggregate(docs(stages))));
    }

    private static String contents(DocumentCollection collection) {
        return text(collection.find(Document.EMPTY));
    }

    @Test
    void merge_takes_names_as_they_are() {
        target.insertOne(doc("{'_id': 1, 'b': 7}"));
        String named =
                "{'$replaceWith': {'$setField': {'field': {'$literal': '%s'}, 'input': {'_id': 1},"
                        + " 'value': 5}}}";
        run(named.formatted("b.c"), "{'$merge': 'target'}");
        assertEquals("{'_id':1,'b':7,'b.c':5}", contents(target));
        String mode = "{'$merge': {'into': 'target', 'whenMatched': '%s'}}";
        for (String refusing : List.of("merge", "replace")) {
            assertCode(52, () -> run(named.formatted("$d"), mode.formatted(refusing)));
        }
        run(named.formatted("$d"), mode.formatted("keepExisting"));
        assertEquals("{'_id':1,'b':7,'b.c':5}", contents(target));
        for (String inserting : List.of("merge", "replace", "keepExisting", "fail")) {
            target.deleteMany(Document.EMPTY);
            run(named.formatted("$d"), mode.formatted(inserting));
            assertEquals("{'_id':1,'$d':5}", contents(target));
        }
    }

    @Test
    void empty_timestamps_are_filled_where_whole_documents_are_written() {
        String empty = "{'$timestamp': {'t': 0, 'i': 0}}";
        String set = "{'$replaceWith': {'_id': 1, 't': %s}}".formatted(empty);
        String mode = "{'$merge': {'into': 'target', 'whenMatched': '%s'}}";
        Document isEmpty = doc("{'t': %s}".formatted(empty));

        run(set, "{'$out': 'target'}");
        assertEquals(0, target.count(isEmpty));
        run(set, mode.formatted("merge"));
        assertEquals(1, target.count(isEmpty));
        run(set, mode.formatted("replace"));
        assertEquals(0, target.count(isEmpty));
        target.deleteMany(Document.EMPTY);
        run(set, mode.formatted("fail"));
        assertEquals(0, target.count(isEmpty));
    }
}
