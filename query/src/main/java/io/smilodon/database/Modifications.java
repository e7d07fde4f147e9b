package io.smilodon.database;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;

/** Pending. */
final class Modifications {

    Modifications(Instance instance, Namespace namespace) {}

    UpdateResult updateOne(Document filter, Document update, UpdateOptions options) {
        throw Pending.part();
    }

    UpdateResult updateMany(Document filter, Document update, UpdateOptions options) {
        throw Pending.part();
    }

    UpdateResult replaceOne(Document filter, Document replacement, UpdateOptions options) {
        throw Pending.part();
    }

    DeleteResult deleteOne(Document filter, DeleteOptions options) {
        throw Pending.part();
    }

    DeleteResult deleteMany(Document filter, DeleteOptions options) {
        throw Pending.part();
    }

    FindAndModifyResult findOneAndUpdate(
            Document filter, Document update, FindAndModifyOptions options) {
        throw Pending.part();
    }

    FindAndModifyResult findOneAndReplace(
            Document filter, Document replacement, FindAndModifyOptions options) {
        throw Pending.part();
    }

    FindAndModifyResult findOneAndDelete(Document filter, FindAndModifyOptions options) {
        throw Pending.part();
    }

    ConditionalWriteResult replaceById(Value id, Document replacement, Precondition precondition) {
        throw Pending.part();
    }

    ConditionalWriteResult updateById(Value id, Document update, Precondition precondition) {
        throw Pending.part();
    }

    ConditionalWriteResult deleteById(Value id, Precondition precondition) {
        throw Pending.part();
    }
}
