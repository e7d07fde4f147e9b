package io.smilodon.database;

import static io.smilodon.database.Json.doc;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** A collection in memory for each test; its indexes agree with its documents afterwards. */
abstract class CollectionFixture {

    final Smilodon smilodon = Smilodon.inMemory();
    final Database database;
    final DocumentCollection collection;

    CollectionFixture(String database, String collection) {
        this.database = smilodon.database(database);
        this.collection = this.database.collection(collection);
    }

    @AfterEach
    final void close() {
        assertEquals(List.of(), collection.verify());
        smilodon.close();
    }

    final void index(String specification) {
        collection.createIndex(doc(specification));
    }

    final void insert(String... documents) {
        for (String document : documents) {
            collection.insertOne(doc(document));
        }
    }

    final long count(String filter) {
        return collection.count(doc(filter));
    }

    final String plan(String filter) {
        try (DocumentCursor cursor = collection.find(doc(filter))) {
            return cursor.planSummary();
        }
    }
}
