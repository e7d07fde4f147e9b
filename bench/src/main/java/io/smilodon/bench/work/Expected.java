package io.smilodon.bench.work;

import io.smilodon.bench.corpus.Person;

/** Finds what the documents say to one question by looking at each of them. Not thread-safe. */
interface Expected {

    void see(Person person);

    /** Whether that is the answer, after all documents have been seen. */
    boolean isAnswer(long answer);
}
