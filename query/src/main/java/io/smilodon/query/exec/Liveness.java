package io.smilodon.query.exec;

/** Asks the operation now and then whether it may go on; cheap enough for every step of a loop. */
public final class Liveness {

    private static final int STEPS = 128;

    private final OperationContext operation;

    /** The first step asks. */
    private int step = STEPS - 1;

    public Liveness(OperationContext operation) {
        this.operation = operation;
    }

    public void step() {
        if (++step == STEPS) {
            step = 0;
            operation.checkAlive();
        }
    }
}
