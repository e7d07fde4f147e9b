package io.smilodon.rest.restheart;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.value.Value;

/**
 * How an answer is written: {@code rep}, {@code jsonMode}, {@code hal} and {@code np}.
 *
 * @param representation what stands around the documents
 * @param json how values are written that JSON has no form for
 * @param isFull whether HAL has its links
 * @param hasProperties whether a list tells the properties of what it lists
 */
public record Form(
        Representation representation, JsonForm json, boolean isFull, boolean hasProperties) {

    static Form of(Query query) {
        boolean isFull =
                query.named("hal", HalMode.values(), HalMode::names)
                        .filter(HalMode.FULL::equals)
                        .isPresent();
        return new Form(
                query.named("rep", Representation.values(), Representation::names)
                        .orElse(Representation.STANDARD),
                query.named("jsonMode", JsonForm.values(), JsonForm::names)
                        .orElse(JsonForm.STANDARD),
                isFull,
                !query.flag("np"));
    }

    /** The text of an answer. */
    public String text(Value value) {
        return ExtendedJson.write(json.shaped(value), json.mode());
    }

    /** The media type of an answer. */
    public String mediaType() {
        return representation == Representation.HAL
                ? "application/hal+json; charset=utf-8"
                : "application/json; charset=utf-8";
    }
}
