package io.smilodon.query.aggregate.window;

/** A row of {@link WindowFunctions}: reads the operand of a window function. */
interface WindowFunctionFactory {

    WindowFunction parse(WindowOperand operand);
}
