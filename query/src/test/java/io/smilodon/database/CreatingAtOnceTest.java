package io.smilodon.database;

import static io.smilodon.database.Json.doc;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.smilodon.engine.value.Document;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Collections with a validator that several create at the same time. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CreatingAtOnceTest {

    private static final String ADULT = "{'validator': {'age': {'$gte': 18}}}";

    private final Smilodon smilodon = Smilodon.inMemory();
    private final Database database = smilodon.database("d");

    @AfterEach
    void close() {
        smilodon.close();
    }

    /** Whoever creates it first, nobody is told of a collection that differs from his. */
    @Test
    void a_collection_that_several_create_at_once_has_the_options_of_one() throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            for (int round = 0; round < 30; round++) {
                String name = "c" + round;
                Callable<Boolean> creating = () -> database.createCollection(name, doc(ADULT));
                Callable<Boolean> inserting =
                        () -> {
                            database.collection(name).insertOne(doc("{'age': 20}"));
                            return false;
                        };
                List<Future<Boolean>> done =
                        pool.invokeAll(List.of(creating, inserting, creating, inserting));
                for (Future<Boolean> writer : List.of(done.get(1), done.get(3))) {
                    assertFalse(writer.get());
                }
                assertEquals(2, database.collection(name).count(Document.EMPTY));
            }
        }
    }

    @Test
    void exactly_one_of_those_who_create_the_same_at_once_has_created_it() throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            Callable<Boolean> creating = () -> database.createCollection("people", doc(ADULT));
            int created = 0;
            for (Future<Boolean> one : pool.invokeAll(List.of(creating, creating, creating))) {
                created += one.get() ? 1 : 0;
            }
            assertEquals(1, created);
        }
    }
}
