package io.smilodon.index.text.lucene;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.KeyValueStore;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.store.VersionedValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Optional;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.MultiReader;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * Makes of what an index has taken a reader of exactly the documents of a view: those that have
 * changed since are hidden, and stand beside it as the view has them. Immutable.
 */
record ExactReading(FollowedIndex index, KeyValueStore store, SearchAllowance allowance) {

    /** About how much larger a document is when it is indexed in memory. */
    private static final long OWN_SHARE = 4;

    /** The reader of a view; it takes over what is published of the index, also when it fails. */
    ExactReader of(ReadView view, LuceneFollower.Published base) throws IOException {
        try {
            return exact(view, base);
        } catch (IOException | RuntimeException failure) {
            base.reader().decRef();
            if (!(failure instanceof SmilodonException)) {
                base.onDamage().run();
            }
            throw failure;
        }
    }

    private ExactReader exact(ReadView view, LuceneFollower.Published base) throws IOException {
        DirectoryReader shared = base.reader();
        Collection<byte[]> changed =
                new ChangedDocuments(index, store, allowance).between(view, base.sequence());
        if (changed.isEmpty()) {
            return new ExactReader(
                    new ExactReader.Documents(TimedReader.of(shared, allowance), 0, 0),
                    allowance,
                    base.onDamage(),
                    shared::decRef);
        }
        allowance.reserve(shared.maxDoc() / Byte.SIZE);
        DirectoryReader others = new HiddenDocuments(shared, changed);
        DirectoryReader own = ownReader(view, changed);
        int hidden = shared.numDocs() - others.numDocs();
        IndexReader[] both = {TimedReader.of(others, allowance), TimedReader.of(own, allowance)};
        return new ExactReader(
                new ExactReader.Documents(new MultiReader(both, false), hidden, own.numDocs()),
                allowance,
                base.onDamage(),
                () -> {
                    shared.decRef();
                    own.close();
                });
    }

    /** The documents of these ids as the view has them, in memory. */
    private DirectoryReader ownReader(ReadView view, Collection<byte[]> idKeys) throws IOException {
        IndexWriterConfig config = new IndexWriterConfig(index.mapping().analyzer());
        try (IndexWriter writer = new IndexWriter(new ByteBuffersDirectory(), config)) {
            DocumentWriter documents = new DocumentWriter(index, writer);
            for (byte[] idKey : idKeys) {
                allowance.check();
                Optional<VersionedValue> stored = view.get(key(idKey));
                if (stored.isPresent()) {
                    allowance.reserve(OWN_SHARE * stored.get().value().length);
                    documents.add(idKey, stored.get().value());
                }
            }
            return DirectoryReader.open(writer);
        }
    }

    private byte[] key(byte[] idKey) {
        byte[] prefix = index.documents();
        return ByteBuffer.allocate(prefix.length + idKey.length).put(prefix).put(idKey).array();
    }
}
