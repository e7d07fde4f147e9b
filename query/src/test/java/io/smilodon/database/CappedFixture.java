package io.smilodon.database;

import static io.smilodon.database.Json.doc;

import io.smilodon.engine.value.Document;

/** A collection that tests make a capped one. */
abstract class CappedFixture extends CollectionFixture {

    final DocumentCollection log = collection;

    CappedFixture() {
        super("d", "log");
    }

    final void create(String options) {
        database.createCollection("log", doc(options));
    }

    final void insert(int... ids) {
        for (int id : ids) {
            log.insertOne(doc("{'_id': %d, 'n': %d}".formatted(id, id % 3)));
        }
    }

    final String ids(FindRequest request) {
        return Json.ids(log.find(request));
    }

    final String ids() {
        return ids(FindRequest.of(Document.EMPTY));
    }
}
