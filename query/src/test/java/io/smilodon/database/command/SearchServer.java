package io.smilodon.database.command;

import io.smilodon.database.DatabaseOptions;
import io.smilodon.database.Json;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Some books in the collection {@code books}, and searches in them. */
final class SearchServer implements AutoCloseable {

    private static final String[] BOOKS = {
        "{'_id': 1, 'title': 'The old man and the sea', 'year': 1952, 'tags': ['sea', 'fish'],"
                + " 'in': {'$date': '2001-01-01T00:00:00Z'}, 'lent': true,"
                + " 'at': {'shelf': 'A1', 'note': 'first of the shelf'}}",
        "{'_id': 2, 'title': 'The sea, the sea', 'year': 1978, 'tags': ['sea'],"
                + " 'in': {'$date': '2002-01-01T00:00:00Z'}, 'lent': false,"
                + " 'at': {'shelf': 'A2', 'note': 'second'}}",
        "{'_id': 3, 'title': 'Twenty thousand leagues under the sea', 'year': 1870,"
                + " 'tags': ['sea', 'Travel'], 'in': {'$date': '2003-01-01T00:00:00Z'},"
                + " 'at': [{'shelf': 'B1'}, {'shelf': 'B2', 'note': 'far below'}]}",
        "{'_id': 4, 'title': 'Around the world in eighty days', 'year': 1872,"
                + " 'tags': ['travel'], 'lent': null}",
        "{'_id': 5, 'title': 'Walking', 'year': 1861.5, 'tags': [],"
                + " 'text': 'In wildness is the preservation of the world. People walk. They"
                + " walked there.'}"
    };

    /** The mappings that most tests search. */
    static final String DEFINITION =
            "{'analyzers': [{'name': 'ends', 'tokenizer': {'type': 'keyword'}, 'tokenFilters':"
                    + " [{'type': 'lowercase'}, {'type': 'reverse'}]}],"
                    + " 'mappings': {'dynamic': true, 'fields': {"
                    + "'title': [{'type': 'string', 'multi': {'whole': {'type': 'string',"
                    + " 'analyzer': 'lucene.keyword'}, 'back': {'type': 'string', 'analyzer':"
                    + " 'ends'}}}, {'type': 'autocomplete'}, {'type': 'token'}],"
                    + "'text': {'type': 'string', 'analyzer': 'lucene.english'},"
                    + "'tags': [{'type': 'token', 'normalizer': 'lowercase'}, {'type':"
                    + " 'stringFacet'}]}}}";

    private final CommandServer server = new CommandServer(DatabaseOptions.DEFAULTS);

    SearchServer() {
        insert(BOOKS);
        index("default", DEFINITION);
    }

    void insert(String... books) {
        server.ok("{'insert': 'books', 'documents': [%s]}".formatted(String.join(",", books)));
    }

    void index(String name, String definition) {
        server.ok(
                "{'createSearchIndexes': 'books', 'indexes': [{'name': '%s', 'definition': %s}]}"
                        .formatted(name, definition));
    }

    CommandServer commands() {
        return server;
    }

    String pipeline(String stages) {
        return "{'aggregate': 'books', 'cursor': {}, 'pipeline': [%s]}".formatted(stages);
    }

    /** What a pipeline returns. */
    List<Document> run(String stages) {
        Document cursor = CommandServer.part(server.ok(pipeline(stages)), "cursor");
        List<Document> found = new ArrayList<>();
        for (Value one : (ArrayValue) cursor.get("firstBatch")) {
            found.add((Document) one);
        }
        return found;
    }

    /** The same as text. */
    String text(String stages) {
        return Json.text(ArrayValue.of(run(stages)));
    }

    /** The ids of what a search finds, in its order. */
    String found(String search) {
        return ids(run("{'$search': %s}".formatted(search)));
    }

    static String ids(List<Document> documents) {
        return String.join(" ", documents.stream().map(one -> Json.text(one.get("_id"))).toList());
    }

    @Override
    public void close() {
        server.close();
    }
}
