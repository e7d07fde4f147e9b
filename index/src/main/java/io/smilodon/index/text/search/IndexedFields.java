package io.smilodon.index.text.search;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.util.UnicodeUtil;

/**
 * What a definition indexes of one document. Arrays count as their elements. Fields with a dot in
 * their name are left out: no path leads to them.
 */
final class IndexedFields {

    private final Consumer<IndexableField> fields;

    /** Gets the embedded documents, if they are wanted. */
    private final Optional<List<List<IndexableField>>> inside;

    private final Set<String> existing = new HashSet<>();
    private final Set<String> vectors = new HashSet<>();

    private IndexedFields(
            Consumer<IndexableField> fields, Optional<List<List<IndexableField>>> inside) {
        this.fields = fields;
        this.inside = inside;
    }

    /** Adds the fields of a document. */
    static void add(Mapping mapping, Document document, Consumer<IndexableField> fields) {
        new IndexedFields(fields, Optional.empty()).walk(mapping, "", document);
    }

    /**
     * The documents inside of a document that are searched each by itself, in front of those that
     * they are inside of.
     */
    static List<List<IndexableField>> inside(Mapping mapping, Document document) {
        List<List<IndexableField>> inside = new ArrayList<>();
        if (mapping.hasEmbedded()) {
            new IndexedFields(field -> {}, Optional.of(inside)).walk(mapping, "", document);
        }
        return inside;
    }

    private void walk(Mapping mapping, String prefix, Document document) {
        for (Field field : document) {
            List<FieldType> types = mapping.typesOf(field.name());
            if (!types.isEmpty() && isName(field.name())) {
                index(mapping, types, new Field(prefix + field.name(), field.value()));
            }
        }
    }

    private static boolean isName(String name) {
        return name.indexOf('.') < 0 && name.indexOf(FieldNames.INSIDE) < 0;
    }

    private void index(Mapping mapping, List<FieldType> types, Field found) {
        String path = found.name();
        if (existing.add(path) && isTerm(path)) {
            fields.accept(
                    new StringField(
                            FieldNames.EXISTING, path, org.apache.lucene.document.Field.Store.NO));
        }
        switch (found.value()) {
            case ArrayValue array -> {
                wholes(types, path, array);
                array.forEach(element -> index(mapping, types, new Field(path, element)));
            }
            case Document document -> {
                for (FieldType type : types) {
                    if (type instanceof DocumentType inner) {
                        walk(inner.mapping(mapping), path + ".", document);
                    } else if (type.takesDocuments()) {
                        type.index(path, document, fields);
                    } else if (type instanceof EmbeddedType embedded) {
                        addInside(embedded, path, document);
                    }
                }
            }
            case Value value -> types.forEach(type -> single(type, path, value));
        }
    }

    /** All that is inside of one goes with it: none stands in front of another's. */
    private void addInside(EmbeddedType type, String path, Document document) {
        if (inside.isEmpty()) {
            return;
        }
        List<List<IndexableField>> all = inside.get();
        int before = all.size();
        List<IndexableField> own = new ArrayList<>();
        new IndexedFields(own::add, inside).walk(type.fields(), path + FieldNames.INSIDE, document);
        all.add(EmbeddedDocuments.marked(path, own));
        if (all.size() > EmbeddedDocuments.INSIDE_MAX) {
            all.subList(before, all.size()).clear();
        }
    }

    /** Whether Lucene can store it: longer paths do not exist for searches. */
    private static boolean isTerm(String path) {
        return UnicodeUtil.calcUTF16toUTF8Length(path, 0, path.length())
                <= IndexWriter.MAX_TERM_LENGTH;
    }

    private void single(FieldType type, String path, Value value) {
        if (!type.takesArrays()) {
            type.index(path, value, fields);
        }
    }

    /** A document has one vector at a path: the first. */
    private void wholes(List<FieldType> types, String path, ArrayValue array) {
        for (FieldType type : types) {
            if (type.takesArrays() && !vectors.contains(path)) {
                type.index(
                        path,
                        array,
                        field -> {
                            vectors.add(path);
                            fields.accept(field);
                        });
            }
        }
    }
}
