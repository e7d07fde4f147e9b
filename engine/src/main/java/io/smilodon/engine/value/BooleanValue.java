package io.smilodon.engine.value;

/** True or false. */
public record BooleanValue(boolean value) implements Value {

    public static final BooleanValue TRUE = new BooleanValue(true);
    public static final BooleanValue FALSE = new BooleanValue(false);

    @Override
    public ValueType type() {
        return ValueType.BOOLEAN;
    }

    @Override
    public String toString() {
        return ValueText.of(this);
    }
}
