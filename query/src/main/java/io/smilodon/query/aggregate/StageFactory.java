package io.smilodon.query.aggregate;

/** A row of {@link Stages}: reads the operand of a stage. */
interface StageFactory {

    Stage parse(StageOperand operand);
}
