package io.smilodon.bench.peer;

import io.smilodon.bench.corpus.Circle;
import io.smilodon.bench.corpus.Hexagon;
import io.smilodon.bench.corpus.Person;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.IntField;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortedNumericSelector;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.FSDirectory;

/**
 * Lucene, written by hand: ids, with indexes also the words of the texts, and documents as
 * Jackson's Smile in stored fields; a load ends as one segment.
 */
final class LucenePeer implements Peer {

    private static final String ID = "id";
    private static final String KEY = "key";
    private static final String TEXT = "text";
    private static final String SMILE = "smile";

    private final FSDirectory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final boolean isDurable;
    private boolean hasWords;

    /** Whether something was written that searchers do not see yet. */
    private volatile boolean isStale;

    LucenePeer(PeerSettings settings) throws IOException {
        isDurable = settings.isDurable();
        directory = FSDirectory.open(settings.directory());
        writer = new IndexWriter(directory, new IndexWriterConfig(new WhitespaceAnalyzer()));
        searchers = new SearcherManager(writer, null);
    }

    private static Term key(int id) {
        return new Term(KEY, Integer.toString(id));
    }

    private Document document(int id, byte[] smile, String text) {
        Document document = new Document();
        document.add(new IntField(ID, id, Field.Store.NO));
        document.add(new StringField(KEY, Integer.toString(id), Field.Store.NO));
        document.add(new StoredField(SMILE, smile));
        if (hasWords) {
            document.add(new TextField(TEXT, text, Field.Store.NO));
        }
        return document;
    }

    @Override
    public void load(List<Person> batch) throws IOException {
        List<Document> documents = new ArrayList<>(batch.size());
        for (Person person : batch) {
            documents.add(document(person.id(), PersonJson.smile(person), person.text()));
        }
        writer.addDocuments(documents);
        isStale = true;
    }

    @Override
    public void flush() throws IOException {
        writer.forceMerge(1);
        writer.commit();
    }

    @Override
    public void insert(Person person) throws IOException {
        put(document(person.id(), PersonJson.smile(person), person.text()), person.id());
    }

    private void put(Document document, int id) throws IOException {
        writer.updateDocument(key(id), document);
        if (isDurable) {
            writer.commit();
        }
        isStale = true;
    }

    /** What reads a searcher. */
    @FunctionalInterface
    private interface Reading<T> {
        T by(IndexSearcher searcher) throws IOException;
    }

    private <T> T read(Reading<T> reading) throws IOException {
        if (isStale) {
            isStale = false;
            searchers.maybeRefreshBlocking();
        }
        IndexSearcher searcher = searchers.acquire();
        try {
            return reading.by(searcher);
        } finally {
            searchers.release(searcher);
        }
    }

    /** The stored documents, in the order of the hits. */
    private static List<byte[]> stored(IndexSearcher searcher, ScoreDoc[] hits) throws IOException {
        StoredFields fields = searcher.storedFields();
        List<byte[]> documents = new ArrayList<>(hits.length);
        for (ScoreDoc hit : hits) {
            documents.add(fields.document(hit.doc).getBinaryValue(SMILE).bytes);
        }
        return documents;
    }

    private static long sumOfScores(List<byte[]> documents) throws IOException {
        long sum = 0;
        for (byte[] smile : documents) {
            sum += PersonJson.scoreOfSmile(smile);
        }
        return sum;
    }

    private List<byte[]> find(int id) throws IOException {
        Query query = new TermQuery(key(id));
        return read(searcher -> stored(searcher, searcher.search(query, 1).scoreDocs));
    }

    @Override
    public long score(int id) throws IOException {
        List<byte[]> found = find(id);
        return found.isEmpty() ? ABSENT : sumOfScores(found);
    }

    @Override
    public long scores(int fromId, int count) throws IOException {
        Query query = IntPoint.newRangeQuery(ID, fromId, Integer.MAX_VALUE);
        Sort byId = new Sort(IntField.newSortField(ID, false, SortedNumericSelector.Type.MIN));
        return read(
                searcher ->
                        sumOfScores(
                                stored(searcher, searcher.search(query, count, byId).scoreDocs)));
    }

    /** Only without words: with them it would have to take the text apart once more. */
    @Override
    public void setVisits(int id, int visits) throws IOException {
        if (hasWords) {
            throw new UnsupportedOperationException("its words are only loaded and searched");
        }
        put(document(id, PersonJson.withVisits(find(id).get(0), visits), ""), id);
    }

    @Override
    public void replace(Person person) throws IOException {
        insert(person);
    }

    @Override
    public String json(int id) throws IOException {
        return PersonJson.textOfSmile(find(id).get(0));
    }

    @Override
    public Queries queries() {
        return new Words();
    }

    @Override
    public void close() throws IOException {
        searchers.close();
        writer.close();
        directory.close();
    }

    /** Nothing but words. */
    private final class Words implements Queries {

        @Override
        public void createIndexes() {
            hasWords = true;
        }

        @Override
        public long withWords(String word, String otherWord, int limit) throws IOException {
            Query query =
                    new BooleanQuery.Builder()
                            .add(new TermQuery(new Term(TEXT, word)), BooleanClause.Occur.SHOULD)
                            .add(
                                    new TermQuery(new Term(TEXT, otherWord)),
                                    BooleanClause.Occur.SHOULD)
                            .build();
            return read(
                    searcher ->
                            sumOfScores(stored(searcher, searcher.search(query, limit).scoreDocs)));
        }

        private static UnsupportedOperationException refusal() {
            return new UnsupportedOperationException("it is measured by its words alone");
        }

        @Override
        public long withEmail(String email) {
            throw refusal();
        }

        @Override
        public long fromScore(int score, int limit) {
            throw refusal();
        }

        @Override
        public long newestOf(String city, int limit) {
            throw refusal();
        }

        @Override
        public long tagged(String tag, int limit) {
            throw refusal();
        }

        @Override
        public long count(String country, int visitsMin, double balanceMax) {
            throw refusal();
        }

        @Override
        public long byLastName() {
            throw refusal();
        }

        @Override
        public long near(Circle circle, int limit) {
            throw refusal();
        }

        @Override
        public long inside(Hexagon hexagon) {
            throw refusal();
        }
    }
}
