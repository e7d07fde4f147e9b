package io.smilodon.engine.testing;

import io.smilodon.engine.testing.FaultRule.Fault;
import io.smilodon.engine.testing.FaultRule.Operation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rules in force and how often each has applied. Guarded by the directory. */
final class FaultRules {

    private static final class Counted {

        private final FaultRule rule;
        private int seen;

        Counted(FaultRule rule) {
            this.rule = rule;
        }
    }

    private final List<Counted> rules = new ArrayList<>();
    private long faults;

    void add(FaultRule rule) {
        rules.add(new Counted(rule));
    }

    void clear() {
        rules.clear();
    }

    /** How many operations have failed. */
    long faults() {
        return faults;
    }

    Optional<Fault> fault(Operation operation, String name) {
        Optional<Fault> due = Optional.empty();
        for (Counted counted : rules) {
            FaultRule rule = counted.rule;
            if (rule.operations().contains(operation) && rule.name().test(name)) {
                int before = counted.seen++;
                if (due.isEmpty()
                        && before >= rule.skipped()
                        && before - rule.skipped() < rule.times()) {
                    due = Optional.of(rule.fault());
                    faults++;
                }
            }
        }
        return due;
    }

    /** For operations that succeed or fail and nothing between. */
    void throwIfDue(Operation operation, String name) throws IOException {
        Optional<Fault> due = fault(operation, name).filter(Fault::isError);
        if (due.isPresent()) {
            throw new IOException(due.get().message());
        }
    }
}
