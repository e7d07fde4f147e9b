package io.smilodon.database.action;

import io.smilodon.database.WriteRequest;
import io.smilodon.database.WriteRequest.Kind;
import io.smilodon.database.WriteRequest.Returned;
import io.smilodon.query.OperatorTable;
import java.util.Optional;

/** The actions on documents that match, as what explain takes. */
final class WriteRequests {

    /**
     * How an action says what it does.
     *
     * @param update the field with what becomes of the documents
     */
    private record Form(Kind kind, String update, boolean returns) {}

    private static final OperatorTable<Form> FORMS =
            OperatorTable.<Form>builder()
                    .add("deleteMany", new Form(Kind.DELETE_MANY, "", false))
                    .add("deleteOne", new Form(Kind.DELETE_ONE, "", false))
                    .add("findOneAndDelete", new Form(Kind.DELETE_ONE, "", true))
                    .add("findOneAndReplace", new Form(Kind.REPLACE_ONE, "replacement", true))
                    .add("findOneAndUpdate", new Form(Kind.UPDATE_ONE, "update", true))
                    .add("replaceOne", new Form(Kind.REPLACE_ONE, "replacement", false))
                    .add("updateMany", new Form(Kind.UPDATE_MANY, "update", false))
                    .add("updateOne", new Form(Kind.UPDATE_ONE, "update", false))
                    .build();

    private WriteRequests() {}

    /** What an action with this body asks for; empty if it is none of these. */
    static Optional<WriteRequest> of(String action, Body body) {
        return FORMS.find(action)
                .map(
                        form ->
                                new WriteRequest(
                                        form.kind,
                                        body.document("filter"),
                                        body.value(form.update),
                                        WriteActions.options(body),
                                        returned(form, body),
                                        body.document("projection")));
    }

    private static Returned returned(Form form, Body body) {
        if (!form.returns) {
            return Returned.NOTHING;
        }
        return FindAndModifyActions.returnsNew(body) ? Returned.AFTER : Returned.BEFORE;
    }
}
