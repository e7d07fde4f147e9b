package io.smilodon.index.text.lucene;

import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.value.Document;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.BytesRef;

/**
 * Writes documents, as the store has them, to a Lucene index. Of one that Lucene refuses only the
 * id is written, so that no document keeps the others from being found. Each name of a field costs
 * memory in every part of an index, so that there is a limit: behind it an index cannot be written.
 * Not thread-safe.
 */
final class DocumentWriter {

    /** Names of Lucene's fields in one index. */
    static final int FIELDS_MAX = 3_000;

    private final FollowedIndex index;
    private final IndexWriter writer;
    private final Set<String> names;

    DocumentWriter(FollowedIndex index, IndexWriter writer) {
        this.index = index;
        this.writer = writer;
        this.names = new HashSet<>(writer.getFieldNames());
    }

    static Term term(byte[] idKey) {
        return new Term(FollowedIndex.ID_FIELD, new BytesRef(idKey));
    }

    /** Adds a document that is not there. */
    void add(byte[] idKey, byte[] stored) throws IOException {
        Document document = DocumentCodec.decode(stored);
        try {
            writer.addDocuments(block(idKey, document));
        } catch (IllegalArgumentException refused) {
            writer.addDocument(onlyId(idKey));
        }
    }

    /** Adds a document, or replaces it. */
    void put(byte[] idKey, byte[] stored) throws IOException {
        Document document = DocumentCodec.decode(stored);
        try {
            writer.updateDocuments(term(idKey), block(idKey, document));
        } catch (IllegalArgumentException refused) {
            writer.updateDocument(term(idKey), onlyId(idKey));
        }
    }

    void remove(byte[] idKey) throws IOException {
        writer.deleteDocuments(term(idKey));
    }

    /** The document, behind what is found inside of it; all go when the id is removed. */
    private List<List<IndexableField>> block(byte[] idKey, Document document) {
        List<List<IndexableField>> block = new ArrayList<>();
        for (List<IndexableField> inner : index.mapping().inside(document)) {
            List<IndexableField> fields = onlyId(idKey);
            fields.addAll(inner);
            block.add(fields);
        }
        List<IndexableField> fields = onlyId(idKey);
        fields.addAll(index.mapping().fields(document));
        block.add(fields);
        block.forEach(one -> one.forEach(field -> names.add(field.name())));
        if (names.size() > FIELDS_MAX) {
            throw LuceneErrors.tooManyFields(FIELDS_MAX);
        }
        return block;
    }

    private static List<IndexableField> onlyId(byte[] idKey) {
        BytesRef id = new BytesRef(idKey);
        List<IndexableField> fields = new ArrayList<>();
        fields.add(new StringField(FollowedIndex.ID_FIELD, id, Field.Store.NO));
        fields.add(new BinaryDocValuesField(FollowedIndex.ID_FIELD, id));
        return fields;
    }
}
