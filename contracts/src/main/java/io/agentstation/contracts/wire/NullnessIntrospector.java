package io.agentstation.contracts.wire;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/**
 * Reads the records' own nullness: a component marked {@link Nullable} may be absent or null, every other one is
 * required. So an older message without a newer optional field is still read, and a null never gets past the codec.
 */
final class NullnessIntrospector extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
        return isRecordParameter(member)
                ? Boolean.valueOf(!mayBeNull((AnnotatedParameter) member))
                : super.hasRequiredMarker(config, member);
    }

    @Override
    public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
        return isRecordParameter(annotated) && !mayBeNull((AnnotatedParameter) annotated)
                ? JsonSetter.Value.forValueNulls(Nulls.FAIL)
                : super.findSetterInfo(config, annotated);
    }

    private static boolean isRecordParameter(Annotated annotated) {
        return annotated instanceof AnnotatedParameter parameter
                && parameter.getOwner().getAnnotated() instanceof Constructor<?> constructor
                && constructor.getDeclaringClass().isRecord();
    }

    // The canonical constructor's parameters are the components, in order; only a component is sure to keep its
    // type annotations in the class file.
    private static boolean mayBeNull(AnnotatedParameter parameter) {
        RecordComponent[] components = parameter.getDeclaringClass().getRecordComponents();
        AnnotatedType type = components[parameter.getIndex()].getAnnotatedType();
        return type.isAnnotationPresent(Nullable.class) || isNullableArgument(parameter);
    }

    private static boolean isNullableArgument(AnnotatedParameter parameter) {
        Constructor<?> constructor = (Constructor<?>) parameter.getOwner().getAnnotated();
        return constructor.getAnnotatedParameterTypes()[parameter.getIndex()].isAnnotationPresent(Nullable.class);
    }
}
