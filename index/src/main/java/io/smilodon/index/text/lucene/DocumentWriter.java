package io.smilodon.index.text.lucene;

import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.value.Document;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.BytesRef;

/**
 * Writes documents, as the store has them, to a Lucene index. Of one that Lucene refuses only the
 * id is written, so that no document keeps the others from being found.
 */
record DocumentWriter(FollowedIndex index, IndexWriter writer) {

    static Term term(byte[] idKey) {
        return new Term(FollowedIndex.ID_FIELD, new BytesRef(idKey));
    }

    /** Adds a document that is not there. */
    void add(byte[] idKey, byte[] stored) throws IOException {
        Document document = DocumentCodec.decode(stored);
        try {
            writer.addDocument(fields(idKey, document));
        } catch (IllegalArgumentException refused) {
            writer.addDocument(onlyId(idKey));
        }
    }

    /** Adds a document, or replaces it. */
    void put(byte[] idKey, byte[] stored) throws IOException {
        Document document = DocumentCodec.decode(stored);
        try {
            writer.updateDocument(term(idKey), fields(idKey, document));
        } catch (IllegalArgumentException refused) {
            writer.updateDocument(term(idKey), onlyId(idKey));
        }
    }

    void remove(byte[] idKey) throws IOException {
        writer.deleteDocuments(term(idKey));
    }

    private List<IndexableField> fields(byte[] idKey, Document document) {
        List<IndexableField> fields = onlyId(idKey);
        fields.addAll(index.mapping().fields(document));
        return fields;
    }

    private static List<IndexableField> onlyId(byte[] idKey) {
        BytesRef id = new BytesRef(idKey);
        List<IndexableField> fields = new ArrayList<>();
        fields.add(new StringField(FollowedIndex.ID_FIELD, id, Field.Store.NO));
        fields.add(new BinaryDocValuesField(FollowedIndex.ID_FIELD, id));
        return fields;
    }
}
