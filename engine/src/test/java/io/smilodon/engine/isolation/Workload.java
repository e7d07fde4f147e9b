package io.smilodon.engine.isolation;

import java.util.List;
import java.util.Random;

/** A kind of transactions, and the law that they must obey. Thread-safe. */
interface Workload {

    /** Runs alone before all others. */
    Program first();

    /** A transaction like any other. */
    Program next(Random random);

    /** Runs alone after all others, and sees what is left. */
    Program last();

    /** What is wrong with a run: first, all others in any order, last. */
    List<Finding> check(List<Program> run);
}
