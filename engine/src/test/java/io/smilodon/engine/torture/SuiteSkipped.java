package io.smilodon.engine.torture;

/** A suite needs what this machine does not have. */
public final class SuiteSkipped extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param missing what it does not have
     */
    public SuiteSkipped(String missing) {
        super(missing);
    }
}
