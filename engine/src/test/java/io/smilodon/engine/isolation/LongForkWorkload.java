package io.smilodon.engine.isolation;

import io.smilodon.engine.isolation.Operation.Append;
import io.smilodon.engine.isolation.Operation.Read;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writers that write one key each, once, and readers that read two: no two readers may see two
 * writes in different orders. Each write is the only element of a list.
 */
final class LongForkWorkload implements Workload {

    private static final int NEAR = 6;

    private final AtomicInteger written = new AtomicInteger();

    @Override
    public Program first() {
        return new Reader(List.of());
    }

    @Override
    public Program next(Random random) {
        if (random.nextInt(3) == 0) {
            return new Writer(written.incrementAndGet());
        }
        List<Integer> keys = new ArrayList<>();
        int newest = written.get() + 2;
        for (int count = 0; count < 3; count++) {
            keys.add(Math.max(1, newest - random.nextInt(NEAR)));
        }
        return new Reader(keys);
    }

    @Override
    public Program last() {
        List<Integer> keys = new ArrayList<>();
        for (int key = 1; key <= written.get(); key++) {
            keys.add(key);
        }
        return new Reader(keys);
    }

    @Override
    public List<Finding> check(List<Program> run) {
        return ListAppendChecker.check(run.stream().map(Program::record).toList());
    }

    private static final class Writer extends Program {

        private final int number;

        Writer(int number) {
            this.number = number;
        }

        @Override
        boolean step(Engine.Work work) {
            note(new Append("fork" + number, number));
            work.put("fork" + number, "" + number);
            return false;
        }
    }

    private static final class Reader extends Program {

        private final List<Integer> keys;
        private int next;

        Reader(List<Integer> keys) {
            this.keys = keys;
        }

        @Override
        boolean step(Engine.Work work) {
            if (next < keys.size()) {
                String key = "fork" + keys.get(next++);
                List<Integer> value = work.get(key).stream().map(Integer::valueOf).toList();
                note(new Read(key, value));
            }
            return next < keys.size();
        }
    }
}
