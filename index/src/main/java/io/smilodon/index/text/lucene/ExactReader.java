package io.smilodon.index.text.lucene;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.util.BytesRef;

/**
 * A Lucene index with exactly the documents of one read view, its own writes included. Thread-safe,
 * except that it ends with its view. Close it.
 */
public final class ExactReader implements AutoCloseable {

    /** Closes what it stands on. */
    interface Release {
        void run() throws IOException;
    }

    /**
     * What is read.
     *
     * @param hidden documents of the index that the view has otherwise, or not at all
     * @param ofView documents that are indexed for this view alone
     */
    record Documents(IndexReader reader, int hidden, int ofView) {}

    private final IndexReader reader;
    private final Documents documents;
    private final IndexSearcher searcher;
    private final Runnable onDamage;
    private final Release release;

    ExactReader(
            Documents documents, SearchAllowance allowance, Runnable onDamage, Release release) {
        this.documents = documents;
        this.reader = documents.reader();
        this.searcher = new IndexSearcher(reader);
        this.searcher.setQueryCache(null);
        this.searcher.setTimeout(TimedReader.timeout(allowance));
        this.onDamage = onDamage;
        this.release = release;
    }

    /** Searches on the caller's thread, within its allowance; nothing is cached. */
    public IndexSearcher searcher() {
        return searcher;
    }

    /** What is read, for explain. */
    public Document explained(String indexName) {
        return Document.builder()
                .put("indexName", indexName)
                .put("totalLuceneDocs", reader.numDocs())
                .put("totalSegments", reader.leaves().size())
                .put("docsHidden", documents.hidden())
                .put("docsOfView", documents.ofView())
                .build();
    }

    /** The encoded {@code _id} of a document that a search found. */
    public byte[] idKey(int document) throws IOException {
        List<LeafReaderContext> leaves = reader.leaves();
        LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(document, leaves));
        BinaryDocValues ids = leaf.reader().getBinaryDocValues(FollowedIndex.ID_FIELD);
        if (!ids.advanceExact(document - leaf.docBase)) {
            throw new AssertionError("a document without an id");
        }
        BytesRef id = ids.binaryValue();
        return Arrays.copyOfRange(id.bytes, id.offset, id.offset + id.length);
    }

    /** The error of a search that could not read the files; they are checked, and mended. */
    public SmilodonException unreadable(IOException failure) {
        onDamage.run();
        return LuceneErrors.unreadable(failure);
    }

    @Override
    public void close() {
        try {
            release.run();
        } catch (IOException failure) {
            throw LuceneErrors.unreadable(failure);
        }
    }
}
