package io.smilodon.shell;

import io.smilodon.database.DocumentCollection;
import io.smilodon.database.Smilodon;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that inserts documents into the directory it is told, prints the id of each that is
 * acknowledged, and takes all memory meanwhile.
 */
final class MemoryHog {

    private static final int INSERTS_MAX = 20_000;
    private static final int INSERTS_IN_PEACE = 100;
    private static final int PIECE_BYTES = 64 << 10;

    private MemoryHog() {}

    public static void main(String[] arguments) {
        try (Smilodon smilodon = Smilodon.open(Path.of(arguments[arguments.length - 1]))) {
            DocumentCollection documents = smilodon.database("test").collection("t");
            for (int id = 0; id < INSERTS_MAX; id++) {
                if (id == INSERTS_IN_PEACE) {
                    Thread.ofPlatform().daemon().start(MemoryHog::takeAll);
                }
                documents.insertOne(Document.of("_id", Value.of(id)));
                System.out.println(id);
            }
        }
    }

    private static void takeAll() {
        List<byte[]> taken = new ArrayList<>();
        while (true) {
            taken.add(new byte[PIECE_BYTES]);
        }
    }
}
