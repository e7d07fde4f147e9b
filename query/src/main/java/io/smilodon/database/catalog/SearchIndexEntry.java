package io.smilodon.database.catalog;

import io.smilodon.engine.error.Location;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.index.text.search.SearchIndexDefinition;
import java.util.Optional;

/**
 * What the catalog knows of one search index.
 *
 * @param id names its files; unique for ever, and another one after each change of the definition
 * @param name unique within the collection
 * @param version how often the definition has been changed
 */
public record SearchIndexEntry(int id, String name, int version, SearchIndexDefinition definition) {

    private static final String ID = "id";
    private static final String NAME = "name";
    private static final String VERSION = "version";
    private static final String TYPE = "type";
    private static final String DEFINITION = "definition";

    /** What users name it by, besides its name. */
    public String publicId() {
        return String.format("%024x", id);
    }

    /** The same with an id of its own, for another collection. */
    public SearchIndexEntry withId(int other) {
        return new SearchIndexEntry(other, name, version, definition);
    }

    /**
     * As {@code $listSearchIndexes} shows it.
     *
     * @param isFilled whether searches need not wait until it holds all documents
     * @param failure why it cannot be searched, if it is defined so that it cannot
     */
    public Document toListing(boolean isFilled, Optional<String> failure) {
        String status = failure.isPresent() ? "FAILED" : isFilled ? "READY" : "BUILDING";
        DocumentBuilder listing =
                Document.builder()
                        .put(ID, publicId())
                        .put(NAME, name)
                        .put(TYPE, definition.type())
                        .put("status", status);
        failure.ifPresent(message -> listing.put("message", message));
        return listing.put("queryable", isFilled)
                .put("latestVersion", version)
                .put("latestDefinitionVersion", Document.builder().put(VERSION, version).build())
                .put("latestDefinition", definition.toDocument())
                .build();
    }

    Document toDocument() {
        return Document.builder()
                .put(ID, id)
                .put(NAME, name)
                .put(VERSION, version)
                .put(TYPE, definition.type())
                .put(DEFINITION, definition.toDocument())
                .build();
    }

    static SearchIndexEntry fromDocument(Document stored) {
        SearchIndexDefinition definition =
                SearchIndexDefinition.parse(
                        Damage.text(stored, TYPE),
                        Damage.document(stored, DEFINITION),
                        Location.ROOT.child(DEFINITION));
        return new SearchIndexEntry(
                Damage.number(stored, ID),
                Damage.text(stored, NAME),
                Damage.number(stored, VERSION),
                definition);
    }
}
