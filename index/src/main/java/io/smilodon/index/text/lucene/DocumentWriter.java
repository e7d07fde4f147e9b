package io.smilodon.index.text.lucene;

import io.smilodon.engine.codec.DocumentCodec;
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

/** Writes documents, as the store has them, to a Lucene index. */
record DocumentWriter(FollowedIndex index, IndexWriter writer) {

    static Term term(byte[] idKey) {
        return new Term(FollowedIndex.ID_FIELD, new BytesRef(idKey));
    }

    /** Adds a document that is not there. */
    void add(byte[] idKey, byte[] stored) throws IOException {
        writer.addDocument(fields(idKey, stored));
    }

    /** Adds a document, or replaces it. */
    void put(byte[] idKey, byte[] stored) throws IOException {
        writer.updateDocument(term(idKey), fields(idKey, stored));
    }

    void remove(byte[] idKey) throws IOException {
        writer.deleteDocuments(term(idKey));
    }

    private List<IndexableField> fields(byte[] idKey, byte[] stored) {
        BytesRef id = new BytesRef(idKey);
        List<IndexableField> fields = new ArrayList<>();
        fields.add(new StringField(FollowedIndex.ID_FIELD, id, Field.Store.NO));
        fields.add(new BinaryDocValuesField(FollowedIndex.ID_FIELD, id));
        fields.addAll(index.mapping().fields(DocumentCodec.decode(stored)));
        return fields;
    }
}
