package io.smilodon.query.aggregate;

/** A row of {@link Stages}: reads the operand of a stage, and says where the stage may stand. */
@FunctionalInterface
interface StageFactory {

    Stage parse(StageOperand operand);

    default StagePlacement placement() {
        return StagePlacement.DEFAULT;
    }

    /** A row for a stage that may not stand just anywhere. */
    static StageFactory placed(StagePlacement placement, StageFactory factory) {
        return new StageFactory() {
            @Override
            public Stage parse(StageOperand operand) {
                return factory.parse(operand);
            }

            @Override
            public StagePlacement placement() {
                return placement;
            }
        };
    }
}
