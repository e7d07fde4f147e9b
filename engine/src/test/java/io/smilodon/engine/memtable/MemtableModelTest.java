package io.smilodon.engine.memtable;

import io.smilodon.engine.entry.EntryCursor;
import io.smilodon.engine.entry.EntryScan;
import java.util.Optional;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Every interleaving of one writer with readers, up to a bound, by Lincheck. */
@Isolated("Lincheck changes classes while it runs")
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Param(name = "key", gen = IntGen.class, conf = "1:3")
@Param(name = "value", gen = IntGen.class, conf = "1:9")
public class MemtableModelTest {

    private final Memtable table = new Memtable();
    private long sequence;

    @Operation(nonParallelGroup = "writer")
    public void put(@Param(name = "key") int key, @Param(name = "value") int value) {
        table.add(new byte[] {(byte) key}, Optional.of(new byte[] {(byte) value}), ++sequence);
    }

    @Operation(nonParallelGroup = "writer")
    public void remove(@Param(name = "key") int key) {
        table.add(new byte[] {(byte) key}, Optional.empty(), ++sequence);
    }

    @Operation
    public int get(@Param(name = "key") int key) {
        return table.find(new byte[] {(byte) key}, Long.MAX_VALUE)
                .flatMap(entry -> entry.value())
                .map(value -> (int) value[0])
                .orElse(0);
    }

    /** Who asks for the order has nodes placed that came since somebody did. */
    @Operation
    public int ceiling(@Param(name = "key") int key) {
        byte[] from = {(byte) key};
        EntryCursor cursor = table.cursor(new EntryScan(from, new byte[0], true, Long.MAX_VALUE));
        return cursor.advance() ? cursor.key()[0] : 0;
    }

    @Test
    void reads_beside_a_writer_are_linearizable() {
        new ModelCheckingOptions()
                .iterations(2)
                .invocationsPerIteration(40)
                .threads(3)
                .actorsPerThread(2)
                .actorsBefore(2)
                .actorsAfter(1)
                .check(getClass());
    }
}
