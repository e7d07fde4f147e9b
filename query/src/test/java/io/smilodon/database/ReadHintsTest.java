package io.smilodon.database;

import static io.smilodon.database.Json.doc;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.file.MemoryDirectory;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.KeyValueStore;
import io.smilodon.engine.store.Snapshot;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReadHintsTest {

    private final MemoryDirectory directory = new MemoryDirectory();

    /** By the ids of indexes. */
    private final Map<Integer, Boolean> told = new TreeMap<>();

    /** The store, of which is kept what it is told. */
    private KeyValueStore listening() {
        EmbeddedStore store = EmbeddedStore.open(directory, DatabaseOptions.DEFAULTS.storage());
        return (KeyValueStore)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {KeyValueStore.class},
                        (proxy, method, given) -> {
                            if (method.getName().equals("readByScans")) {
                                int id = ByteBuffer.wrap((byte[]) given[0], 1, 4).getInt();
                                told.put(id, (Boolean) given[1]);
                            }
                            try {
                                return method.invoke(store, given);
                            } catch (InvocationTargetException thrown) {
                                throw thrown.getCause();
                            }
                        });
    }

    @Test
    void the_store_is_told_of_the_indexes_that_a_collection_has_when_it_is_first_used() {
        try (Smilodon smilodon = Smilodon.open(directory, DatabaseOptions.DEFAULTS)) {
            DocumentCollection films = smilodon.database("d").collection("films");
            films.createIndex(doc("{'key': {'a': 1}, 'unique': true}"));
            films.createIndex(doc("{'key': {'b': 1}}"));
            films.insertOne(doc("{'a': 1, 'b': 2}"));
        }
        try (Instance instance = Instance.start(listening(), directory, DatabaseOptions.DEFAULTS);
                Snapshot snapshot = instance.snapshot()) {
            instance.catalog().collections(snapshot);
            assertEquals(List.of(false, true), List.copyOf(told.values()));
        }
    }
}
