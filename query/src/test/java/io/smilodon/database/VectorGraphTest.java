package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.Document;
import java.io.IOException;
import java.util.Random;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.hnsw.HnswGraphProvider;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.util.hnsw.HnswGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * {@code $vectorSearch} through Lucene's graph (HNSW), which Lucene makes of some 650 vectors and
 * more: whatever was written, it finds documents of its view alone, as many as there are, and most
 * of the nearest.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class VectorGraphTest {

    private static final int COUNT = 2_000;

    /** More than any search here looks at, so that what is hidden could take all places. */
    private static final int MANY = 300;

    private static long seed;
    private static FaultyDirectory full;
    private static PlacedThings first;

    private FaultyDirectory directory;
    private PlacedThings meant;
    private Random random;

    @BeforeAll
    static void fill() {
        seed = Seeds.next();
        full = new FaultyDirectory();
        first = new PlacedThings(seed);
        try (Smilodon smilodon = open(full)) {
            first.fill(things(smilodon), COUNT);
            things(smilodon).searchIndexes().create(PlacedThings.INDEX);
            first.requireFound(things(smilodon), "filled");
        }
    }

    @BeforeEach
    void copy() {
        directory = full.afterCrash(CrashPolicy.KEEP_ALL, 0);
        meant = first.copy();
        random = new Random(seed);
    }

    private static Smilodon open(FaultyDirectory directory) {
        return Smilodon.open(directory, DatabaseOptions.DEFAULTS);
    }

    private static DocumentCollection things(Smilodon smilodon) {
        return smilodon.database("d").collection("things");
    }

    /** Otherwise the other tests would prove nothing of graphs. */
    @Test
    void a_graph_of_all_vectors_is_there() throws IOException {
        assertEquals(COUNT, vectorsInGraphs(directory));
    }

    /** As the files of the only index tell it. */
    private static int vectorsInGraphs(FaultyDirectory files) throws IOException {
        int count = 0;
        try (Directory copy = new ByteBuffersDirectory()) {
            for (String name : files.list()) {
                if (name.startsWith("lucene-")) {
                    String own = name.substring(name.indexOf('-', "lucene-".length()) + 1);
                    byte[] bytes = files.bytes(name);
                    try (IndexOutput output = copy.createOutput(own, IOContext.DEFAULT)) {
                        output.writeBytes(bytes, bytes.length);
                    }
                }
            }
            try (DirectoryReader reader = DirectoryReader.open(copy)) {
                for (LeafReaderContext leaf : reader.leaves()) {
                    count += vectorsInGraph((CodecReader) leaf.reader());
                }
            }
        }
        return count;
    }

    private static int vectorsInGraph(CodecReader segment) throws IOException {
        int count = 0;
        for (FieldInfo field : segment.getFieldInfos()) {
            if (field.hasVectorValues()) {
                PerFieldKnnVectorsFormat.FieldsReader fields =
                        (PerFieldKnnVectorsFormat.FieldsReader) segment.getVectorReader();
                KnnVectorsReader vectors = fields.getFieldReader(field.name);
                HnswGraph graph = ((HnswGraphProvider) vectors).getGraph(field.name);
                count += graph.size();
            }
        }
        return count;
    }

    @Test
    void who_writes_finds_what_was_written_and_nothing_of_before() {
        try (Smilodon smilodon = open(directory)) {
            meant.moveNearest(things(smilodon), random, MANY);
            meant.requireFound(things(smilodon), "moved");
            for (int round = 0; round < 3; round++) {
                meant.change(things(smilodon), random, MANY / 10);
                meant.requireFound(things(smilodon), "changed");
            }
        }
    }

    @Test
    void a_transaction_finds_what_it_wrote_and_others_do_not() {
        try (Smilodon smilodon = open(directory)) {
            PlacedThings own = meant.copy();
            try (DocumentTransaction transaction = smilodon.begin(TransactionSettings.DEFAULTS)) {
                DocumentCollection inside = transaction.database("d").collection("things");
                own.moveNearest(inside, random, MANY);
                own.change(inside, random, MANY / 10);
                own.requireFound(inside, "in a transaction");
                meant.requireFound(things(smilodon), "beside it");
                transaction.commit();
            }
            own.requireFound(things(smilodon), "committed");
            try (DocumentTransaction transaction = smilodon.begin(TransactionSettings.DEFAULTS)) {
                DocumentCollection inside = transaction.database("d").collection("things");
                own.copy().moveNearest(inside, random, MANY);
                transaction.abort();
            }
            own.requireFound(things(smilodon), "aborted");
        }
    }

    /** So many have changed since that those of the view are in a graph made for each search. */
    @Test
    void an_earlier_state_is_found_as_it_was() {
        try (Smilodon smilodon = open(directory)) {
            DocumentCollection things = things(smilodon);
            AsOf before = meant.add(things, random);
            PlacedThings later = meant.copy();
            later.moveNearest(things, random, 700);
            later.requireFound(things, "moved");
            meant.requireFound(things.asOf(before), "earlier", 2);
            things.deleteMany(Document.EMPTY);
            meant.requireFound(things.asOf(before), "before all were deleted", 2);
        }
    }

    @Test
    void closing_and_losses_of_power_change_nothing() {
        try (Smilodon smilodon = open(directory)) {
            meant.moveNearest(things(smilodon), random, MANY);
        }
        for (int opening = 0; opening < 2; opening++) {
            try (Smilodon smilodon = open(directory)) {
                meant.requireFound(things(smilodon), "opened again");
                meant.change(things(smilodon), random, MANY / 10);
                meant.requireFound(things(smilodon), "and changed");
                directory = directory.afterCrash(CrashPolicy.POSIX_RANDOM, seed);
            }
        }
    }
}
