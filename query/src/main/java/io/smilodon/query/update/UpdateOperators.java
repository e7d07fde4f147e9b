package io.smilodon.query.update;

import io.smilodon.query.OperatorTable;
import java.util.function.Function;

/** Every update operator of Smilodon, by family, alphabetical within a family. */
final class UpdateOperators {

    static final OperatorTable<UpdateOperator> TABLE =
            OperatorTable.<UpdateOperator>builder()
                    // Fields
                    .add("$bit", onField(Bits::parse))
                    .add("$currentDate", onField(CurrentDate::parse))
                    .add("$inc", onField(Increment::parse))
                    .add("$max", onField(argument -> new Maximum(argument.value())))
                    .add("$min", onField(argument -> new Minimum(argument.value())))
                    .add("$mul", onField(Multiply::parse))
                    .add("$rename", Rename::parse)
                    .add("$set", onField(argument -> new SetValue(argument.value())))
                    .add("$setOnInsert", OnInsert::parse)
                    .add("$unset", onField(argument -> new Unset()))
                    // Arrays
                    .add("$addToSet", onField(AddToSet::parse))
                    .add("$pop", onField(Pop::parse))
                    .add("$pull", onField(Pull::parse))
                    .add("$pullAll", onField(PullAll::parse))
                    .add("$push", onField(Push::parse))
                    .build();

    private UpdateOperators() {}

    private static UpdateOperator onField(Function<UpdateArgument, FieldChange> operand) {
        return argument ->
                new FieldModification(
                        argument.path(), operand.apply(argument), argument.location());
    }
}
