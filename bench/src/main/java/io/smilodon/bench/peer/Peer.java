package io.smilodon.bench.peer;

import io.smilodon.bench.corpus.Person;
import java.io.IOException;
import java.util.List;

/**
 * A database that holds the documents, asked for the same things in its own way. A read fetches the
 * whole document, then reads one field of it. {@link #insert} is safe for many threads; the rest is
 * for one.
 */
public interface Peer extends AutoCloseable {

    /** What a read of an absent document answers. */
    long ABSENT = -1;

    /** Stores documents whose ids ascend and are new, in one commit. */
    void load(List<Person> batch) throws Exception;

    /** Ends a load: everything is in its place on disk. */
    void flush() throws Exception;

    /** Stores a new document, durably if the settings ask for it. */
    void insert(Person person) throws Exception;

    /** The score of a document; {@link #ABSENT} if there is none. */
    long score(int id) throws Exception;

    /** The sum of the scores of so many documents, in the order of their ids. */
    long scores(int fromId, int count) throws Exception;

    /** Sets the field {@code visits}, which no index has. */
    void setVisits(int id, int visits) throws Exception;

    /** Stores a document in the place of the one with its id. */
    void replace(Person person) throws Exception;

    /** A whole document as JSON, to compare answers. */
    String json(int id) throws Exception;

    /**
     * What asks it by its secondary indexes.
     *
     * @throws UnsupportedOperationException if it has none
     */
    default Queries queries() throws Exception {
        throw new UnsupportedOperationException("it has no secondary indexes");
    }

    /** The processes of its own that work for it. */
    default List<Long> servers() {
        return List.of();
    }

    @Override
    void close() throws IOException;
}
