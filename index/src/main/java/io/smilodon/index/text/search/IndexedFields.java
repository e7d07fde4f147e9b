package io.smilodon.index.text.search;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import java.util.HashSet;
import java.util.List;
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
    private final Set<String> existing = new HashSet<>();
    private final Set<String> vectors = new HashSet<>();

    private IndexedFields(Consumer<IndexableField> fields) {
        this.fields = fields;
    }

    /** Adds the fields of a document. */
    static void add(Mapping mapping, Document document, Consumer<IndexableField> fields) {
        new IndexedFields(fields).walk(mapping, "", document);
    }

    private void walk(Mapping mapping, String prefix, Document document) {
        for (Field field : document) {
            List<FieldType> types = mapping.typesOf(field.name());
            if (!types.isEmpty() && field.name().indexOf('.') < 0) {
                index(mapping, types, new Field(prefix + field.name(), field.value()));
            }
        }
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
                    }
                }
            }
            case Value value -> types.forEach(type -> single(type, path, value));
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
