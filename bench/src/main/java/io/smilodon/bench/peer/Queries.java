package io.smilodon.bench.peer;

import io.smilodon.bench.corpus.Circle;
import io.smilodon.bench.corpus.Hexagon;

/**
 * What a database with six secondary indexes is asked. A query that finds documents fetches them
 * whole, reads the score of each, and answers the sum of the scores. For one thread. What a
 * database cannot do ends with an UnsupportedOperationException that tells why.
 */
public interface Queries {

    /**
     * Creates the indexes in the empty database: unique email, score, city with created descending,
     * tags, text, location; as many of them as it has.
     */
    void createIndexes() throws Exception;

    /** The document with this email, of which there is one. */
    long withEmail(String email) throws Exception;

    /** The first documents in the order of their scores, from this one on. */
    long fromScore(int score, int limit) throws Exception;

    /** The documents of a city that were created last. */
    long newestOf(String city, int limit) throws Exception;

    /** Any documents with this tag. */
    long tagged(String tag, int limit) throws Exception;

    /** How many documents have this country, no fewer visits and a smaller balance; no index. */
    long count(String country, int visitsMin, double balanceMax) throws Exception;

    /** Visits summed and scores averaged by last name: the sum of {@link #mark} over them. */
    long byLastName() throws Exception;

    /** The documents with one of the words or both that match best, as the database sees it. */
    long withWords(String word, String otherWord, int limit) throws Exception;

    /** Any documents in the circle. */
    long near(Circle circle, int limit) throws Exception;

    /** All documents in the hexagon. */
    long inside(Hexagon hexagon) throws Exception;

    /** Tells one group's answer from another. */
    static long mark(String name, long visits, double averageScore) {
        return name.hashCode() * (visits + Math.round(averageScore));
    }
}
