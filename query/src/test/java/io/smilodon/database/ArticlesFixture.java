package io.smilodon.database;

import static io.smilodon.database.Json.doc;
import static io.smilodon.database.Json.docs;
import static io.smilodon.database.Json.text;

import io.smilodon.engine.value.Document;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;

/** Articles of MongoDB's documentation of text search, with a text index. */
abstract class ArticlesFixture extends CollectionFixture {

    static final String SCORE = "{'score': {'$meta': 'textScore'}}";

    final DocumentCollection articles = collection;

    ArticlesFixture() {
        super("d", "articles");
    }

    @BeforeEach
    void fill() {
        articles.insertMany(
                docs(
                        "{'_id': 1, 'subject': 'coffee', 'author': 'xyz', 'views': 50}",
                        "{'_id': 2, 'subject': 'Coffee Shopping', 'author': 'efg', 'views': 5}",
                        "{'_id': 3, 'subject': 'Baking a cake', 'author': 'abc', 'views': 90}",
                        "{'_id': 4, 'subject': 'baking', 'author': 'xyz', 'views': 100}",
                        "{'_id': 5, 'subject': 'Café Con Leche', 'author': 'abc', 'views': 200}",
                        "{'_id': 6, 'subject': 'Сырники', 'author': 'jkl', 'views': 80}",
                        "{'_id': 7, 'subject': 'coffee and cream', 'author': 'efg', 'views': 10}",
                        "{'_id': 8, 'subject': 'Cafe con Leche', 'author': 'xyz', 'views': 10}"),
                true);
        articles.createIndex(doc("{'key': {'subject': 'text'}}"));
    }

    static String sortedIds(DocumentCursor cursor) {
        TreeSet<String> ids = new TreeSet<>();
        try (cursor) {
            cursor.forEachRemaining(document -> ids.add(text(document.get("_id"))));
        }
        return String.join(" ", ids);
    }

    static Document search(String operand) {
        return doc("{'$text': {'$search': " + operand + "}}");
    }

    String found(String operand) {
        return sortedIds(articles.find(search(operand)));
    }
}
