package io.smilodon.database;

import static io.smilodon.database.Json.doc;
import static io.smilodon.database.Json.docs;

import io.smilodon.engine.value.Document;
import org.junit.jupiter.api.BeforeEach;

/** Names in a collection that has no collation itself. */
abstract class CollationFixture extends CollectionFixture {

    static final Document NO_CASE = doc("{'locale': 'en', 'strength': 2}");
    static final Document SIMPLE = doc("{'locale': 'simple'}");

    final DocumentCollection plain = collection;

    CollationFixture() {
        super("d", "plain");
    }

    @BeforeEach
    void fill() {
        fill(plain);
    }

    static void fill(DocumentCollection collection) {
        collection.insertMany(
                docs(
                        "{'_id': 1, 'n': 'ann', 'l': ['x', 'Y'], 's': {'k': 'one'}}",
                        "{'_id': 2, 'n': 'Bob', 'l': ['y'], 's': {'k': 'ONE'}}",
                        "{'_id': 3, 'n': 'ANN', 'l': ['X'], 's': {'k': 'two'}}",
                        "{'_id': 4, 'n': 7, 'l': [], 's': 1}"),
                true);
    }

    static FindRequest byId(String filter) {
        return FindRequest.of(doc(filter)).withSort(doc("{'_id': 1}"));
    }
}
