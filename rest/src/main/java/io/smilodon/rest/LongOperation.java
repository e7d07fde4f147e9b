package io.smilodon.rest;

import io.smilodon.database.OperationDescription;
import io.smilodon.database.Smilodon;
import java.util.function.Supplier;

/** What a request asks for, to be carried out once. */
record LongOperation(Smilodon smilodon, OperationDescription description, long limitMillis) {

    <T> T run(Supplier<T> work) {
        return smilodon.operations().run(description, limitMillis, work);
    }
}
