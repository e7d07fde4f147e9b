package io.smilodon.engine.isolation;

import io.smilodon.engine.isolation.Operation.Append;
import io.smilodon.engine.isolation.Operation.Read;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Transactions that read lists and append to them; one in ten is abandoned. The lists in use
 * change, so that each stays short.
 */
final class ListAppendWorkload implements Workload {

    private static final int ELEMENTS_PER_LIST = 24;
    private static final int LISTS_AT_A_TIME = 5;

    private final AtomicInteger elements;

    ListAppendWorkload() {
        this(0);
    }

    /**
     * @param used how many elements earlier transactions have used
     */
    ListAppendWorkload(int used) {
        elements = new AtomicInteger(used);
    }

    private String key(Random random) {
        int oldest = elements.get() / ELEMENTS_PER_LIST;
        return key(oldest + random.nextInt(LISTS_AT_A_TIME));
    }

    private static String key(int number) {
        return "list" + number;
    }

    private static List<Integer> parse(String list) {
        return list.isEmpty()
                ? List.of()
                : Arrays.stream(list.split(",")).map(Integer::valueOf).toList();
    }

    @Override
    public Program first() {
        return new Steps(List.of(), false);
    }

    @Override
    public Program next(Random random) {
        int count = 1 + random.nextInt(4);
        List<Operation> steps = random.ints(count).mapToObj(ignored -> operation(random)).toList();
        return new Steps(steps, random.nextInt(10) == 0);
    }

    private Operation operation(Random random) {
        return random.nextBoolean()
                ? new Read(key(random), List.of())
                : new Append(key(random), elements.incrementAndGet());
    }

    @Override
    public Program last() {
        return new Program() {
            @Override
            boolean step(Engine.Work work) {
                TreeSet<String> keys = new TreeSet<>();
                int count = elements.get() / ELEMENTS_PER_LIST + LISTS_AT_A_TIME;
                for (int number = 0; number <= count; number++) {
                    keys.add(key(number));
                }
                keys.forEach(key -> note(new Read(key, parse(work.get(key).orElse("")))));
                return false;
            }
        };
    }

    @Override
    public List<Finding> check(List<Program> run) {
        return ListAppendChecker.check(run.stream().map(Program::record).toList());
    }

    /** Steps that were drawn beforehand. An append is noted before it is tried. */
    private static final class Steps extends Program {

        private final List<Operation> steps;
        private final boolean isAbandoned;
        private int next;

        Steps(List<Operation> steps, boolean isAbandoned) {
            this.steps = steps;
            this.isAbandoned = isAbandoned;
        }

        @Override
        boolean step(Engine.Work work) {
            if (next < steps.size()) {
                switch (steps.get(next++)) {
                    case Read read ->
                            note(new Read(read.key(), parse(work.get(read.key()).orElse(""))));
                    case Append append -> {
                        note(append);
                        work.append(append.key(), append.element());
                    }
                }
            }
            return next < steps.size();
        }

        @Override
        boolean isAbandoned() {
            return isAbandoned;
        }

        @Override
        List<Operation> planned() {
            return steps;
        }
    }
}
